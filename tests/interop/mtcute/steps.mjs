// SPDX-License-Identifier: MIT OR Apache-2.0
// Steps with names and deadlines, and an inbox that can be waited on.
import { createHash, randomBytes } from 'node:crypto'

export const sha256 = (bytes) => createHash('sha256').update(bytes).digest('hex')
export const randomFile = (size) => randomBytes(size)

export function check(claim, text) {
  if (!claim) throw new Error(text)
}

function within(seconds, work, what) {
  let timer
  const late = new Promise((_, reject) => {
    timer = setTimeout(() => reject(new Error(`${what}: nothing within ${seconds} s`)), seconds * 1000)
  })
  return Promise.race([work, late]).finally(() => clearTimeout(timer))
}

/** Runs one step and says how it went; a failure ends the run. */
export async function step(name, work, seconds = 30) {
  const begin = performance.now()
  try {
    const value = await within(seconds, work(), name)
    console.log(`ok   ${name} (${Math.round(performance.now() - begin)} ms)`)
    return value
  } catch (error) {
    console.log(`FAIL ${name}: ${error?.stack ?? error}`)
    process.exit(1)
  }
}

/** Keeps what comes until somebody waits for it. */
export class Inbox {
  #kept = []
  #waiting = []

  put(message) {
    const index = this.#waiting.findIndex((waiter) => waiter.wanted(message))
    if (index < 0) this.#kept.push(message)
    else this.#waiting.splice(index, 1)[0].resolve(message)
  }

  take(wanted, what, seconds = 15) {
    const index = this.#kept.findIndex(wanted)
    if (index >= 0) return Promise.resolve(this.#kept.splice(index, 1)[0])
    return within(seconds, new Promise((resolve) => this.#waiting.push({ wanted, resolve })), what)
  }
}
