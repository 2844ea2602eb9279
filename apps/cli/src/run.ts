import { doctor } from './commands/doctor.ts'
import { load } from './commands/load.ts'
import { login } from './commands/login.ts'
import { serverCommand } from './commands/server-command.ts'
import { verify } from './commands/verify.ts'
import type { Command, CommandContext } from './context.ts'
import { sentenceOf } from './failure.ts'

const COMMANDS: ReadonlyMap<string, Command> = new Map([
  ['login', login],
  ['load', load],
  ['verify', verify],
  ['doctor', doctor],
  ['serve', serverCommand('serve')],
  ['admin', serverCommand('admin')],
])

const WRONG_USE = 2

/** Runs one command line. @returns the exit code: 0 all went well, 1 something did not, 2 there is no such command */
export async function run(args: readonly string[], context: CommandContext): Promise<number> {
  const { messages, terminal } = context
  const [name, ...rest] = args
  if (name === undefined || name === 'help' || rest.includes('--help') || name.startsWith('-')) {
    terminal.line(messages.usage)
    return name === undefined ? WRONG_USE : 0
  }
  const command = COMMANDS.get(name)
  if (command === undefined) {
    terminal.aside(messages.unknownCommand(name))
    terminal.aside(messages.usage)
    return WRONG_USE
  }
  try {
    return await command(rest, context)
  } catch (error) {
    if (!context.signal.aborted) terminal.aside(sentenceOf(error, messages))
    return 1
  }
}
