import assert from "node:assert/strict";
import { test } from "node:test";
import { RequestError } from "../../static/js/board/api.js";
import { addOrInvite } from "../../static/js/board/inviting.js";

const DRAFT = { email: "ben@example.org", role: "editor" };
const URL = "https://board.example/invitations/secret";

function refusal(status, field) {
  return new RequestError({ status, title: "Refused", detail: "", errors: [{ field, message: "No." }] });
}

function sessionWith({ refused, made }) {
  const invited = [];
  const addMember = async () => {
    if (refused) throw refused;
  };
  const invite = async (draft) => (invited.push(draft), made);
  return { invited, commands: { addMember }, sharing: { invite } };
}

test("who has an account is added and not invited", async () => {
  const session = sessionWith({});
  assert.deepEqual(await addOrInvite(session, DRAFT), { told: "Added ben@example.org" });
  assert.deepEqual(session.invited, []);
});

test("who has none is invited, and mail is only spoken of where it was sent", async () => {
  for (const [made, told] of [
    [{ mailed: true, url: URL }, /^Invited ben@example\.org by mail\./],
    [{ mailed: false, url: URL }, /^Invited ben@example\.org\. This server sends no mail: pass the link on/],
    [{ mailed: true, url: null }, /^Invited ben@example\.org by mail\.$/],
    [{ mailed: false, url: null }, /^Invited ben@example\.org\. Their link was shown once/],
  ]) {
    const session = sessionWith({ refused: refusal(422, "email"), made });
    const done = await addOrInvite(session, DRAFT);
    assert.match(done.told, told);
    assert.equal(done.link, made.url);
    assert.deepEqual(session.invited, [DRAFT]);
  }
});

test("no other refusal becomes an invitation", async () => {
  for (const refused of [refusal(422, "role"), refusal(403, "email"), new TypeError("Failed to fetch")]) {
    const session = sessionWith({ refused, made: { mailed: true, url: URL } });
    await assert.rejects(addOrInvite(session, DRAFT), refused);
    assert.deepEqual(session.invited, []);
  }
});
