// SPDX-License-Identifier: MIT OR Apache-2.0
// mtcute goes on with an account that signed in with us, then gives one away: moves.mjs READY STRING OUT
import fs from 'node:fs'

import { MemoryStorage, TelegramClient } from '@mtcute/node'
import { NodeCryptoProvider, addPublicKey } from '@mtcute/node/utils.js'
import { check, step } from './steps.mjs'

const [ready, text, out] = [JSON.parse(process.argv[2]), ...process.argv.slice(3)]
const bot = ready.bots[0]
const bob = ready.users[1]
const { id, host, port } = ready.dcs[0]
const dc = { id, ipAddress: host, port }

async function made() {
  const crypto = new NodeCryptoProvider()
  await crypto.initialize()
  addPublicKey(crypto, ready.key.pem)
  return new TelegramClient({
    apiId: 1,
    apiHash: '0123456789abcdef0123456789abcdef',
    storage: new MemoryStorage(),
    crypto,
    defaultDcs: { main: dc, media: dc },
    updates: false,
    logLevel: 1,
  })
}

await step('mtcute goes on with our bot', async () => {
  const client = await made()
  await client.importSession(text)
  const me = await client.getMe()
  check(me.id === bot.id && me.isBot, `logged in as ${me.id}`)
  await client.destroy()
})
await step('mtcute signs Bob in', async () => {
  const client = await made()
  await client.start({ phone: bob.phone, code: bob.code })
  fs.writeFileSync(out, JSON.stringify({ mtcute: [await client.exportSession()] }))
  await client.destroy()
})
process.exit(0)
