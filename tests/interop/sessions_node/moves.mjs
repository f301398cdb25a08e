// SPDX-License-Identifier: MIT OR Apache-2.0
// GramJS goes on with an account that signed in with us, then gives one away: moves.mjs READY STRING OUT
import assert from 'node:assert/strict'
import { createPublicKey } from 'node:crypto'
import fs from 'node:fs'

import bigInt from 'big-integer'
import telegram from 'telegram'
import rsa from 'telegram/crypto/RSA.js'
import { Logger } from 'telegram/extensions/Logger.js'
import connections from 'telegram/network/connection/index.js'
import sessions from 'telegram/sessions/index.js'

const [ready, text, out] = [JSON.parse(process.argv[2]), ...process.argv.slice(3)]
const bot = ready.bots[0]
const bob = ready.users[1]
const { id, host, port } = ready.dcs[0]

// Its keys are listed by their fingerprints, as signed numbers.
const { n, e } = createPublicKey(ready.key.pem).export({ format: 'jwk' })
const number = (part) => bigInt(Buffer.from(part, 'base64url').toString('hex'), 16)
rsa._serverKeys.set(BigInt.asIntN(64, BigInt(`0x${ready.key.fingerprint}`)).toString(), { n: number(n), e: Number(number(e)) })

// It dials port 80 whatever its session says.
class Here extends connections.ConnectionTCPFull {
  constructor(to) {
    super({ ...to, port })
  }
}

async function made(session) {
  const client = new telegram.TelegramClient(session, 1, '0123456789abcdef0123456789abcdef', {
    connection: Here,
    connectionRetries: 2,
    baseLogger: new Logger('none'),
  })
  assert.ok(await client.connect(), 'no connection')
  return client
}

const step = async (name, work) => {
  await work()
  console.log(`ok: ${name}`)
}

await step('GramJS goes on with our bot', async () => {
  const client = await made(new sessions.StringSession(text))
  const me = await client.getMe()
  assert.deepEqual([me.id.toString(), me.bot], [String(bot.id), true])
  await client.destroy()
})
await step('GramJS signs Bob in', async () => {
  const session = new sessions.StringSession('')
  session.setDC(id, host, port)
  const client = await made(session)
  await client.start({ phoneNumber: bob.phone, phoneCode: async () => bob.code, onError: (failed) => { throw failed } })
  const me = await client.getMe()
  assert.equal(me.id.toString(), String(bob.id))
  fs.writeFileSync(out, JSON.stringify({ GramJS: [session.save()] }))
  await client.destroy()
})
process.exit(0)
