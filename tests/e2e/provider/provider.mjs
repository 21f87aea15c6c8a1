/** An OpenID Connect provider for tests: `node provider.mjs '<settings as JSON>'`. People come in by name, without
 * a password; who they are is told by PUT /test/people/<login>. Prints `ready` when it listens. */

import { exportJWK, generateKeyPair } from "jose";
import Provider from "oidc-provider";

const { issuer, port, board, name, client } = JSON.parse(process.argv[2]);
const people = new Map();

const { privateKey } = await generateKeyPair("RS256", { extractable: true });
const key = { ...(await exportJWK(privateKey)), alg: "RS256", use: "sig", kid: `${name}-1` };

const provider = new Provider(issuer, {
  jwks: { keys: [key] },
  clients: [
    {
      client_id: client.id,
      client_secret: client.secret,
      redirect_uris: [`${board}/auth/${name}/callback`],
      post_logout_redirect_uris: [`${board}/sign-in`],
      backchannel_logout_uri: `${board}/auth/${name}/backchannel-logout`,
      backchannel_logout_session_required: true,
    },
  ],
  claims: {
    openid: ["sub"],
    email: ["email", "email_verified"],
    profile: ["name", "picture", "groups"],
  },
  cookies: {
    keys: ["a key for tests only"],
    names: { session: `${name}_session`, interaction: `${name}_interaction`, resume: `${name}_resume` },
  },
  features: { backchannelLogout: { enabled: true }, devInteractions: { enabled: true } },
  fetch: (url, options) => fetch(url, { ...options, dispatcher: undefined }), // the board is on loopback
  findAccount: (_ctx, sub) => ({ accountId: sub, claims: () => ({ sub, ...people.get(sub) }) }),
  loadExistingGrant: grantAll,
});

/** Everybody has consented to everything. */
async function grantAll(ctx) {
  const { client: asking, session } = ctx.oidc;
  const known = session.grantIdFor(asking.clientId);
  if (known) return provider.Grant.find(known);
  const grant = new provider.Grant({ clientId: asking.clientId, accountId: session.accountId });
  grant.addOIDCScope("openid email profile");
  await grant.save();
  return grant;
}

provider.use(async (ctx, next) => {
  if (ctx.path === "/favicon.ico") return void (ctx.status = 204);
  const login = ctx.path.match(/^\/test\/people\/(\w+)$/)?.[1];
  if (!login || ctx.method !== "PUT") return next();
  const chunks = [];
  for await (const chunk of ctx.req) chunks.push(chunk);
  people.set(login, JSON.parse(Buffer.concat(chunks).toString()));
  ctx.status = 204;
});

/** Its pages ask another site for a font; a test asks nobody. */
provider.use(async (ctx, next) => {
  await next();
  if (typeof ctx.body === "string") ctx.body = ctx.body.replace(/@import url\([^)]*\);/, "");
});

provider.on("server_error", (_ctx, error) => console.error(error));
provider.on("backchannel.error", (_ctx, error) => console.error("backchannel", error));
provider.listen(port, "127.0.0.1", () => console.log("ready"));
