// SPDX-License-Identifier: MIT OR Apache-2.0
// mtcute against a data centre whose ready line is the first argument.
// Second argument: "plain" or "pfs" (temporary keys).
import { InputMedia, MemoryStorage, TelegramClient } from '@mtcute/node'
import { NodeCryptoProvider, addPublicKey } from '@mtcute/node/utils.js'
import { Inbox, check, randomFile, sha256, step } from './steps.mjs'

const ready = JSON.parse(process.argv[2])
const usePfs = process.argv[3] === 'pfs'
const [alice, bob, carol] = ready.users
const password = 'hunter2' // of Carol
const bot = ready.bots[0]
const here = ready.dcs.find((dc) => dc.id === 2) ?? ready.dcs[0]
const dc = { id: here.id, ipAddress: here.host, port: here.port }
const threeMiB = 3 * 1024 * 1024
const clients = []

async function connect() {
  const crypto = new NodeCryptoProvider()
  await crypto.initialize()
  addPublicKey(crypto, ready.key.pem)
  const client = new TelegramClient({
    apiId: 1,
    apiHash: '0123456789abcdef0123456789abcdef',
    storage: new MemoryStorage(),
    crypto,
    defaultDcs: { main: dc, media: dc },
    network: { usePfs },
    logLevel: Number(process.env.MTCUTE_LOG ?? 1),
  })
  clients.push(client)
  const inbox = new Inbox()
  client.onNewMessage.add((message) => inbox.put(message))
  return { client, inbox }
}

async function signInUser(who) {
  const { client, inbox } = await connect()
  const me = await client.start({ phone: who.phone, code: who.code })
  check(me.id === who.id, `logged in as ${me.id}, not ${who.id}`)
  check(!me.isBot, 'a user came back as a bot')
  return { client, inbox, me }
}

async function signInWithPassword() {
  const { client, inbox } = await connect()
  const asked = []
  const me = await client.start({
    phone: carol.phone,
    code: carol.code,
    password: () => {
      asked.push(1)
      return asked.length === 1 ? `${password}!` : password
    },
    invalidCodeCallback: () => {},
  })
  check(me.id === carol.id, `logged in as ${me.id}, not ${carol.id}`)
  check(asked.length === 2, `the password was asked for ${asked.length} times`)
  return { client, inbox, me }
}

/** A new device shows a code, one that is signed in scans it. */
async function signInByQr(device, options = {}) {
  const { client } = await connect()
  const me = await client.signInQr({
    onUrlUpdated: (url) => {
      const token = new Uint8Array(Buffer.from(url.split('token=')[1], 'base64url'))
      device.client.call({ _: 'auth.acceptLoginToken', token }).catch((refusal) => console.log(`scan: ${refusal}`))
    },
    ...options,
  })
  check(me.id === device.me.id, `logged in as ${me.id}, not ${device.me.id}`)
}

async function signInBot() {
  const { client, inbox } = await connect()
  const me = await client.start({ botToken: bot.token })
  check(me.id === bot.id, `logged in as ${me.id}, not ${bot.id}`)
  check(me.isBot, 'a bot came back as a user')
  return { client, inbox, me }
}

const unique = (text) => `${text} ${Math.random().toString(36).slice(2)}`
const from = (id, text) => (message) => message.sender.id === id && message.text === text && !message.isOutgoing

async function sendAndReceive(sender, receiver, peer) {
  const text = unique('до встречи 🐈')
  const sent = await sender.client.sendText(peer, text)
  check(sent.text === text && sent.isOutgoing, 'the sent message came back different')
  const got = await receiver.inbox.take(from(sender.me.id, text), 'the update')
  check(got.date.getTime() > Date.now() - 60_000, 'the date of the message is wrong')
  return got
}

async function readHistory(of, peer) {
  const texts = [unique('first'), unique('second'), unique('third')]
  for (const text of texts) await of.client.sendText(peer, text)
  const page = await of.client.getHistory(peer, { limit: 2 })
  check(page.length === 2, `asked for 2 messages, got ${page.length}`)
  check(page[0].text === texts[2] && page[1].text === texts[1], 'the newest come first')
  const next = await of.client.getHistory(peer, { limit: 1, offset: { id: page[1].id, date: 0 } })
  check(next.length === 1 && next[0].text === texts[0], 'offset_id was not honoured')
}

async function upAndDown(sender, receiver, peer) {
  const file = randomFile(threeMiB)
  const media = InputMedia.document(file, { fileName: 'three.bin', fileMime: 'application/octet-stream' })
  const sent = await sender.client.sendMedia(peer, media)
  check(sent.media?.type === 'document', `the answer holds ${sent.media?.type}, not a document`)
  check(sent.media.fileSize === threeMiB, `the document says ${sent.media.fileSize} bytes`)
  check(sent.media.fileName === 'three.bin', `the document is called ${sent.media.fileName}`)
  const own = await sender.client.downloadAsBuffer(sent.media)
  check(sha256(own) === sha256(file), 'what the sender downloads is not what it uploaded')
  const got = await receiver.inbox.take(
    (message) => message.sender.id === sender.me.id && message.media?.type === 'document', 'the document')
  const theirs = await receiver.client.downloadAsBuffer(got.media)
  check(sha256(theirs) === sha256(file), 'what the receiver downloads is not what was uploaded')
}

/** The bot logs in while we do: it may not have heard the first question. */
async function awake(user) {
  for (let tries = 0; tries < 6; ++tries) {
    const text = unique('are you there?')
    await user.client.sendText(bot.username, text)
    if (await user.inbox.take(from(bot.id, text), 'an echo', 2.5).catch(() => null)) return
  }
  check(false, 'the bot never answers')
}

async function echo(user) {
  for (const text of [unique('ping'), unique('как дела?')]) {
    await user.client.sendText(bot.username, text)
    const answer = await user.inbox.take(from(bot.id, text), `the echo of "${text}"`)
    check(answer.chat.id === bot.id, 'the answer came in another chat')
  }
  const history = await user.client.getHistory(bot.username, { limit: 2 })
  check(history[0].sender.id === bot.id && history[1].isOutgoing, 'the history holds no question and answer')
}

async function botTalksToUser(asBot, user) {
  const got = await sendAndReceive(user, asBot, bot.username)
  const text = unique('from the bot')
  await asBot.client.sendText(got.sender, text)
  await user.inbox.take(from(bot.id, text), 'the message of the bot')
}

async function refusedBeforeLogin() {
  const { client } = await connect()
  await client.connect()
  const refusal = await client.call({ _: 'users.getUsers', id: [{ _: 'inputUserSelf' }] }).then(() => null, (e) => e)
  check(refusal?.code === 401, `a call before login was answered with ${refusal ?? 'a result'}`)
}

const mode = usePfs ? ' (temporary keys)' : ''
await step(`key exchange; a call before login is refused${mode}`, refusedBeforeLogin)
const a = await step('log in as a user, by phone and code', () => signInUser(alice))
const b = await step('log in as another user', () => signInUser(bob))
const robot = await step('log in as a bot', signInBot)
const c = await step('log in with a password, after a wrong one', signInWithPassword)
await step('log in by QR code', () => signInByQr(a))
await step('log in by QR code and password', () => signInByQr(c, { password }))
await step('send a message; the other user receives the update', () => sendAndReceive(a, b, bob.username))
await step('answer it', () => sendAndReceive(b, a, alice.username))
await step('read history', () => readHistory(a, bob.username))
await step('upload and download 3 MiB, equal hashes', () => upAndDown(a, b, bob.username), 60)
await step('a bot and a user talk', () => botTalksToUser(robot, a))
await step('our echo bot is there', () => awake(a))
await step('our echo bot answers', () => echo(a))
await step('close every connection', () => Promise.all(clients.map((client) => client.destroy())))
console.log('PASS')
process.exit(0)
