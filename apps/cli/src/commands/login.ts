import { type CommandContext, CommandError } from '../context.ts'
import { saveLogin } from '../saved-login.ts'
import { serverUrl, signIn } from '../server.ts'

/** `datong login`: signs in and saves the token for later commands. */
export async function login(_args: readonly string[], context: CommandContext): Promise<number> {
  const { env, messages, terminal } = context
  const username = env['DATONG_USER'] || (await terminal.ask(messages.askUser))
  const password = env['DATONG_PASSWORD'] || (await terminal.ask(messages.askPassword, true))
  if (username === null || password === null) throw new CommandError(messages.noTerminal)
  const { token, user } = await signIn(context, username, password)
  const file = await saveLogin(env, { url: serverUrl(context), token })
  terminal.line(messages.signedIn(user.name, user.roles.join(', '), file))
  return 0
}
