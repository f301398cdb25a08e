// SPDX-License-Identifier: MIT OR Apache-2.0
// The schema that GramJS speaks, as the data centre reads it: gramjs_schema.mjs FOLDER OUT, where FOLDER has it installed.
import fs from 'node:fs'
import { createRequire } from 'node:module'
import path from 'node:path'

const [folder, out] = process.argv.slice(2)
const require = createRequire(path.resolve(folder, 'package.json'))
const { LAYER } = require('telegram/tl/AllTLObjects.js')
fs.writeFileSync(out, `// LAYER ${LAYER}\n${require('telegram/tl/apiTl.js')}\n`)
