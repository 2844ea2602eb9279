import { messagesFor } from './language.ts'
import { run } from './run.ts'
import { processTerminal } from './terminal.ts'

const [name] = process.argv.slice(2)
const interrupted = new AbortController()
// The server's own commands end in their own order when they are told to.
if (name !== 'serve' && name !== 'admin') {
  process.once('SIGINT', () => {
    interrupted.abort()
    process.exitCode = 130
  })
}
const code = await run(process.argv.slice(2), {
  env: process.env, messages: messagesFor(process.env), terminal: processTerminal(), signal: interrupted.signal,
})
process.exitCode ??= code
