import type { CleansingTools } from '@datong/cleansing'
import { chinaDay, type Clock } from '@datong/kernel'
import type { Standards } from '../../standards/index.ts'

/** What recipes need to know of the world, as it is now. */
export const toolsOf = (standards: Pick<Standards, 'codeVersions'>, clock: Clock): CleansingTools => ({
  codeVersions: (list) => standards.codeVersions(list),
  today: chinaDay(clock.now()),
})
