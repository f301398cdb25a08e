// SPDX-License-Identifier: MIT OR Apache-2.0
// What mtcute, its converter and GramJS write is read by our converter, and what that writes by them.
import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import fs from 'node:fs'
import path from 'node:path'

import * as theirs from '@mtcute/convert'
import { BaseSqliteStorage, BaseSqliteStorageDriver, Long } from '@mtcute/node'
import { defaultProductionDc, readStringSession, writeStringSession } from '@mtcute/node/utils.js'
import wasm from 'node-sqlite3-wasm'
import telegram from 'telegram'
import sessions from 'telegram/sessions/index.js'
import { AuthKey } from 'telegram/crypto/AuthKey.js'

const [program, folder] = process.argv.slice(2)
const key = Uint8Array.from({ length: 256 }, (_, i) => i)
const user = 5000801609
const known = { USER_ID: String(user), IS_BOT: '1', API_ID: '12345' }
const address = '149.154.167.50'

const convert = (words, environment = known) =>
  execFileSync(program, words, { env: { ...process.env, ...environment }, encoding: 'utf8' }).trim()
const read = (...words) => JSON.parse(convert(words, {}))
const fresh = (name) => {
  const file = path.join(folder, name)
  // SQLite for WebAssembly leaves its lock, a folder, where a statement was not closed.
  for (const old of [file, `${file}.lock`]) fs.rmSync(old, { recursive: true, force: true })
  return file
}
const session = (more = {}) => writeStringSession({
  version: 3,
  primaryDcs: defaultProductionDc,
  authKey: key,
  self: { userId: user, isBot: true, isPremium: false, usernames: [] },
  ...more,
})
const holds = (got, wanted) => assert.deepEqual({ ...got, ...wanted }, got)
const whole = { dc: 2, host: address, port: 443, key: Buffer.from(key).toString('hex') }

function mtcuteStrings() {
  holds(read('string', session()), { ...whole, user, bot: true })
  assert.equal(convert(['string', session(), 'mtcute']), session())
  holds(read('string', session({ self: null })), { ...whole, user: 0, bot: null })
  const ours = readStringSession(convert(['string', convert(['string', session(), 'telethon']), 'mtcute']))
  assert.deepEqual([ours.primaryDcs.main.ipAddress, ours.self.userId, ours.self.isBot], [address, user, true])
  assert.deepEqual(ours.authKey, key)
}

function stringsOfTheirConverter() {
  for (const [kind, parse, write] of [
    ['telethon', theirs.parseTelethonSession, theirs.convertToTelethonSession],
    ['gramjs', theirs.parseGramjsSession, theirs.convertToGramjsSession],
    ['pyrogram', theirs.parsePyrogramSession, (text) => theirs.convertToPyrogramSession(text, { apiId: 12345 })],
    ['pyrogram-64', theirs.parsePyrogramSession, (text) => theirs.convertToPyrogramSession(text)],
    ['mtkruto-old', theirs.parseMtkrutoSession, theirs.convertToMtkrutoSession],
  ]) {
    const ours = convert(['string', session(), kind])
    assert.equal(ours, write(session()), kind)
    assert.deepEqual([parse(ours).dcId, parse(ours).authKey], [2, key])
    holds(read('string', write(session())), { dc: 2, key: whole.key })
  }
}

async function gramjsStrings() {
  const ours = convert(['string', session(), 'gramjs'])
  const loaded = new sessions.StringSession(ours)
  await loaded.load()
  assert.deepEqual([loaded.dcId, loaded.serverAddress, loaded.port], [2, address, 443])
  assert.deepEqual(Uint8Array.from(loaded.getAuthKey().getKey()), key)
  const made = new sessions.StringSession('')
  made.setDC(2, 'venus.web.telegram.org', 443)
  const authKey = new AuthKey()
  await authKey.setKey(Buffer.from(key))
  made.setAuthKey(authKey)
  holds(read('string', made.save()), { ...whole, host: 'venus.web.telegram.org' })
  assert.equal(convert(['string', made.save(), 'gramjs']), made.save())
}

async function tdata() {
  for (const passcode of [undefined, 'correct horse']) {
    const made = fresh('theirs')
    const self = { userId: user, isBot: false, isPremium: false, usernames: [] }
    await theirs.convertToTdata([session({ self }), session({ self: { ...self, userId: user + 1 } })], { path: made, passcode })
    const environment = { PASSCODE: passcode ?? '', ACCOUNT: '1' }
    holds(JSON.parse(convert(['tdata', made], environment)), { dc: 2, user: user + 1, bot: false, key: whole.key })
    const ours = fresh('ours')
    convert(['string', session(), 'tdata', ours], { ...known, ...environment })
    const opened = await theirs.Tdata.open({ path: ours, passcode })
    holds(opened.keyData, { count: 2, active: 0 })
    for (const account of [0, 1]) {
      const found = await opened.readMtpAuthorization(account)
      assert.deepEqual([found.userId.toNumber(), found.mainDcId], [user + account, 2])
      assert.deepEqual(found.authKeys, [{ dcId: 2, key }])
    }
  }
}

/** mtcute's storage, over a SQLite that needs no compiler. */
class Driver extends BaseSqliteStorageDriver {
  constructor(file) {
    super()
    this.file = file
    this.setup({ create: () => ({ mgr: {} }) }, { beforeExit: () => () => {} })
  }

  _createDatabase() {
    const db = new wasm.Database(this.file)
    const prepare = (sql) => {
      const statement = db.prepare(sql)
      return {
        run: (...values) => statement.run(values),
        get: (...values) => statement.get(values) ?? undefined,
        all: (...values) => statement.all(values),
      }
    }
    return { exec: (sql) => db.exec(sql), prepare, transaction: (work) => (...values) => work(...values), close: () => db.close() }
  }
}

const opened = async (file) => {
  const storage = new BaseSqliteStorage(new Driver(file))
  await storage.driver.load()
  return storage
}
const closed = async (storage) => {
  await storage.driver.save()
  await storage.driver.destroy()
}
const four = (value) => {
  const out = Buffer.alloc(4)
  out.writeInt32LE(value)
  return out
}

async function mtcuteDatabases() {
  const source = convert(['string', session(), 'telethon'])
  const ours = fresh('ours.db')
  convert(['string', source, 'mtcute-db', ours])
  let storage = await opened(ours)
  assert.deepEqual(Uint8Array.from(await storage.authKeys.get(2)), key)
  assert.ok(await storage.kv.get('dc_main') && await storage.kv.get('current_user'))
  const hash = Long.fromString('-81985529216486895')
  storage.kv.set('updates_pts', four(11))
  storage.kv.set('updates_channel:1234567890', four(15))
  storage.peers.store({
    id: 42, accessHash: `${hash.low}|${hash.high}`, isMin: false, usernames: ['alice', 'alice2'], updated: 1700000000000,
    phone: '9996621234', complete: new Uint8Array(),
  })
  await closed(storage)
  const found = read('mtcute-db', ours)
  holds(found, { ...whole, user, bot: true, pts: 11 })
  holds(found.peers[0], { kind: 1, id: 42, hash: hash.toString(), usernames: ['alice', 'alice2'], phone: '9996621234' })
  const again = fresh('again.db')
  convert(['mtcute-db', ours, 'mtcute-db', again])
  storage = await opened(again)
  holds(storage.peers.getByUsername('alice2'), { id: 42, accessHash: `${hash.low}|${hash.high}`, phone: '9996621234' })
  assert.deepEqual(Buffer.from(await storage.kv.get('updates_channel:1234567890')), four(15))
  await closed(storage)
}

assert.ok(telegram.TelegramClient)
for (const step of [mtcuteStrings, stringsOfTheirConverter, gramjsStrings, tdata, mtcuteDatabases]) {
  await step()
  console.log(`ok: ${step.name}`)
}
process.exit(0)  // GramJS keeps timers
