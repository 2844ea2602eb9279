import type { Messages } from './messages-zh.ts'
import type { Terminal } from './terminal.ts'

/** What every command gets: the world, passed in. */
export interface CommandContext {
  readonly env: Readonly<Record<string, string | undefined>>
  readonly messages: Messages
  readonly terminal: Terminal
  /** Ends what is under way when the person presses Ctrl-C. */
  readonly signal: AbortSignal
}

/** Runs with the arguments after its name. @returns the exit code */
export type Command = (args: readonly string[], context: CommandContext) => Promise<number>

/** A failure with its sentence, said as it is. */
export class CommandError extends Error {
  constructor(sentence: string, options?: ErrorOptions) {
    super(sentence, options)
    this.name = 'CommandError'
  }
}

/** Whole numbers with separators: 1,234,567. */
export const count = (value: number): string => value.toLocaleString('en-US')
