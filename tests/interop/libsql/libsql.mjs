// SPDX-License-Identifier: MIT OR Apache-2.0
// The client of libSQL's authors against the server that the tests of mtp::libsql use, with statements like those of mtp::libsql:
// what it takes for a server of libSQL, is one for our tests too.
//
//     node libsql.mjs URL TOKEN
import assert from "node:assert/strict";
import { createClient } from "@libsql/client/web";

const [url, authToken] = process.argv.slice(2);
const db = createClient({ url, authToken });

const refused = async (work, code) => {
  await assert.rejects(work, (error) => {
    assert.match(String(error.code) + " " + error.message, code);
    return true;
  });
};

const step = async (name, work) => {
  await work();
  console.log(`ok: ${name}`);
};

const guard = `insert into mtp_accounts (account, name) select null, '' where not exists (
  select 1 from mtp_accounts where number = ?1 and fence = ?2 and stamp = ?3)`;

await step("tables are made in one batch", async () => {
  await db.batch([
    "create table if not exists mtp_accounts (number integer primary key, account text not null unique, name text not null, " +
      "fence integer not null default 0, stamp integer not null default 0)",
    "create table if not exists mtp_records (account integer not null, space integer not null, id blob not null, " +
      "value blob not null, primary key (account, space, id)) without rowid",
  ], "write");
  const entered = await db.execute({
    sql: "insert or ignore into mtp_accounts (account, name) values (?1, lower(hex(randomblob(16))))", args: ["Ada"] });
  assert.equal(entered.rowsAffected, 1);
});

await step("blobs come back as they were, of any size", async () => {
  const value = Uint8Array.from({ length: 100001 }, (_, i) => i % 256);
  for (const blob of [value, new Uint8Array([0]), new Uint8Array()]) {
    await db.execute({ sql: "insert or replace into mtp_records values (?1, ?2, ?3, ?4)", args: [1, 14, new Uint8Array([255, 0]), blob] });
    await db.execute({ sql: "update mtp_records set value = cast(value || ?1 as blob)", args: [new Uint8Array([0, 254])] });
    const found = await db.execute("select id, length(value), value from mtp_records");
    assert.deepEqual(new Uint8Array(found.rows[0][0]), new Uint8Array([255, 0]));
    assert.equal(found.rows[0][1], blob.length + 2);
    assert.deepEqual(new Uint8Array(found.rows[0][2]), new Uint8Array([...blob, 0, 254]));
  }
});

await step("numbers and nulls", async () => {
  const found = await db.execute({ sql: "select ?1, ?2, typeof(?3)", args: [2 ** 52, null, "text"] });
  assert.deepEqual(Array.from(found.rows[0]), [2 ** 52, null, "text"]);
});

await step("a batch whose guard refuses stores nothing", async () => {
  await db.batch([{ sql: guard, args: [1, 0, 0] }, "update mtp_accounts set stamp = 1"], "write");
  const late = db.batch([{ sql: guard, args: [1, 0, 0] }, "update mtp_accounts set stamp = 2"], "write");
  await refused(late, /SQLITE_CONSTRAINT/);
  const found = await db.execute("select stamp from mtp_accounts");
  assert.equal(found.rows[0][0], 1);
});

await step("a transaction goes on over several requests, and can be taken back", async () => {
  const one = await db.transaction("write");
  await one.execute("update mtp_accounts set fence = 7");
  assert.equal((await one.execute("select fence from mtp_accounts")).rows[0][0], 7);
  assert.equal((await db.execute("select fence from mtp_accounts")).rows[0][0], 0);
  await refused(db.execute("update mtp_accounts set fence = 8"), /SQLITE_BUSY/);
  await one.rollback();
  const other = await db.transaction("write");
  await other.execute("update mtp_accounts set fence = 9");
  await other.commit();
  assert.equal((await db.execute("select fence from mtp_accounts")).rows[0][0], 9);
});

await step("errors have their codes", async () => {
  await refused(db.execute("select * from nowhere"), /no such table/);
  const stranger = createClient({ url, authToken: "not-the-one" });
  await refused(stranger.execute("select 1"), /401/);
  stranger.close();
});

db.close();
