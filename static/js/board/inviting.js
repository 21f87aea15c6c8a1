/** Somebody is to be on the board: added where they have an account, invited where they have none. */
import { t } from "../lib/i18n.js";
import { problemOf } from "./api.js";

/**
 * Gives a role to whoever has an e-mail address. Asks the server at once, so it fails without the network.
 *
 * @param {import("./types.js").Session} session
 * @param {{email: string, role: import("./types.js").Role}} draft
 * @returns {Promise<{told: string, link?: string|null}>} what to say, and the link of an invitation
 */
export async function addOrInvite(session, draft) {
  try {
    await session.commands.addMember(draft);
    return { told: t("Added {email}", { email: draft.email }) };
  } catch (error) {
    if (!isUnknown(error)) throw error;
  }
  const made = await session.sharing.invite(draft);
  return { told: sayInvited(draft.email, made), link: made.url };
}

/** An address that is none is refused here as well, and once more by the invitation. @param {unknown} error */
function isUnknown(error) {
  const problem = problemOf(error);
  return problem?.status === 422 && Boolean(problem.errors?.some(({ field }) => field === "email"));
}

/** `url` is null in the answer to a repeated request. @param {string} email @param {import("./types.js").IssuedInvitation} made */
function sayInvited(email, { mailed, url }) {
  if (!url && !mailed)
    return t("Invited {email}. Their link was shown once: revoke the invitation if it was lost.", { email });
  if (!mailed) return t("Invited {email}. This server sends no mail: pass the link on yourself.", { email });
  return url
    ? t("Invited {email} by mail. You can pass the link on yourself, too:", { email })
    : t("Invited {email} by mail.", { email });
}
