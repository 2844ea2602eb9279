import { masksNothing } from '@datong/anonymisation'

/** Masks that tell less than another, so that they may be asked for in its place: of a year, the band that an age lies in. */
const TELLS_LESS: Readonly<Record<string, readonly string[]>> = { 'birth-date': ['age-band'] }

/** Whether a coarser form may be asked for where the entry delivers a field like this: nobody asks a mask away. */
export const mayReplace = (delivered: string | null, asked: string): boolean =>
  masksNothing(delivered) || (TELLS_LESS[delivered]?.includes(asked) ?? false)
