import { fork } from 'node:child_process'
import { once } from 'node:events'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Defer } from './cleanup.ts'

/** What a child tells its parent, once. */
type Message = { readonly answer: unknown } | { readonly failure: string }

const STOP_WAIT_MS = 60_000

/**
 * Runs a script in a process of its own on this same Node and resolves with what it answers. A server stays until it is
 * stopped by the clean-up; other scripts end by themselves.
 * @param execArgv switches for Node
 */
export async function runChild<T>(script: URL, input: object, defer: Defer, execArgv: readonly string[] = []): Promise<T> {
  const child = fork(script, [JSON.stringify(input)], {
    execArgv: [...execArgv], stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    env: { ...process.env, NODE_ENV: 'production', GRAPHILE_ENV: 'production' },
  })
  const ended = once(child, 'exit')
  ended.catch(() => undefined)
  defer(async () => {
    if (child.exitCode !== null || child.signalCode !== null) return
    child.kill('SIGTERM')
    const late = sleep(STOP_WAIT_MS, 'late', { ref: false })
    if ((await Promise.race([ended, late])) === 'late') child.kill('SIGKILL')
    await ended
  })
  const told = once(child, 'message').then(([message]) => message as Message) // `serveParent` sends nothing else
  const died = ended.then(([code, signal]) => Promise.reject(new Error(`${script.pathname} ended with ${String(signal ?? code)} before it answered`)))
  const message = await Promise.race([told, died])
  if ('failure' in message) throw new Error(message.failure)
  return message.answer as T // the script's own answer type; both ends are ours
}

/**
 * The other end of `runChild`: does the work and sends what it answers. With `stop` the process then stays until the parent
 * stops it or is gone.
 */
export async function serveParent<I>(work: (input: I) => Promise<{ answer: object; stop?: () => Promise<unknown> }>): Promise<void> {
  // The parent wrote it.
  const input = JSON.parse(process.argv[2] ?? '{}') as I
  const gone = Promise.race([once(process, 'SIGTERM'), once(process, 'SIGINT'), once(process, 'disconnect')])
  const send = (message: Message): Promise<void> => new Promise((resolve) => process.send?.(message, () => resolve()))
  try {
    const { answer, stop } = await work(input)
    await send({ answer })
    if (stop !== undefined) {
      await gone
      await stop()
    }
  } catch (error) {
    await send({ failure: error instanceof Error ? (error.stack ?? error.message) : String(error) })
    process.exitCode = 1
  }
  if (process.connected) process.disconnect()
}
