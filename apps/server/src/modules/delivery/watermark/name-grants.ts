import type { WatermarkReading } from '@datong/contracts'
import { setImmediate as letOthers } from 'node:timers/promises'
import type { DeliveryContext } from '../context.ts'
import type { Mark } from './mark-store.ts'
import { agreementOf, logChance, type Pairs, tellingPairs } from './read-mark.ts'
import { readFoundFile } from './read-found-file.ts'
import { markKeyOfGrant } from './watermark-of.ts'

/** A grant is named when a file that has nothing to do with any of those looked at would fit as well in one of a million. */
const LEVEL = 1e-6

type Match = WatermarkReading['matches'][number]
export type Found = Omit<WatermarkReading, 'sha256' | 'bytes' | 'readAt' | 'receiptId'>

/** Marks that one turn of the event loop looks at. */
const AT_ONCE = 50

/** Holds a found file against every mark that it has the columns for. */
export async function nameGrants(context: Pick<DeliveryContext, 'marks' | 'sealer' | 'sharing' | 'organisations'>, file: Buffer): Promise<Found> {
  let marks: readonly Mark[] = []
  const sets = new Map<string, readonly string[]>()
  const nameOf = (fields: readonly string[]): string => JSON.stringify(fields)
  const { columns, rows, hashes } = await readFoundFile(file, async (names) => {
    marks = await context.marks.within(names)
    for (const { fields } of marks) sets.set(nameOf(fields), fields)
    return [...sets.values()]
  })
  const pairsOf = new Map([...sets.keys()].map((name, index): [string, Pairs] => [name, tellingPairs(hashes[index]!)])) // one for each set
  const pairs = Math.max(0, ...[...pairsOf.values()].map(({ first }) => first.length))
  const correction = Math.log10(Math.max(1, marks.length))

  const hits: (Mark & { pairs: number; agreeing: number; chanceLog10: number })[] = []
  for (const [index, mark] of marks.entries()) {
    if (index % AT_ONCE === AT_ONCE - 1) await letOthers()
    const telling = pairsOf.get(nameOf(mark.fields))! // one for each set
    const agreeing = agreementOf(telling, markKeyOfGrant(context.sealer, mark.grantId))
    // Looking at many marks is as many chances (Bonferroni).
    const chanceLog10 = Math.min(0, logChance(telling.first.length, agreeing) + correction)
    if (chanceLog10 <= Math.log10(LEVEL)) hits.push({ ...mark, pairs: telling.first.length, agreeing, chanceLog10 })
  }
  const enough = pairs * Math.log10(2) - correction >= -Math.log10(LEVEL)
  return {
    columns: [...columns], rows, pairs, grantsLookedAt: marks.length, level: LEVEL, verdict: hits.length > 0 ? 'found' : enough || marks.length === 0 ? 'none' : 'too-little',
    matches: await described(context, hits.sort((a, b) => a.chanceLog10 - b.chanceLog10)),
  }
}

async function described(
  { sharing, organisations }: Pick<DeliveryContext, 'sharing' | 'organisations'>, hits: readonly (Mark & Pick<Match, 'pairs' | 'agreeing' | 'chanceLog10'>)[],
): Promise<Match[]> {
  const grants = await sharing.findGrants([...new Set(hits.map(({ grantId }) => grantId))])
  return hits.flatMap(({ grantId, fields, pairs, agreeing, chanceLog10 }) => {
    const grant = grants.get(grantId)
    if (grant === undefined) return []
    const { number, application_id, entry_code, entry_title, state } = grant
    return [{
      grantId, grantNumber: number, applicationId: application_id, entryCode: entry_code, entryTitle: entry_title, state, fields: [...fields], pairs, agreeing, chanceLog10,
      consumer: grant.consumer_organisation === null ? { code: 'public', name: '公众', nameEn: 'The public' } : organisations.ref(grant.consumer_organisation),
      provider: organisations.ref(grant.provider_organisation),
    }]
  })
}
