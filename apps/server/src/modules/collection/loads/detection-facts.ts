import type { LoadReason } from '@datong/contracts'
import type { Detection } from '@datong/tabular'
import type { DetectionFacts } from '../tables.ts'
import { reason } from './reason.ts'

/** What a load shows of how its file is read, each decision with its reason. */
export function factsOf({ options, decisions }: Detection): DetectionFacts {
  const reasons = new Map<string, LoadReason>()
  for (const { code, params } of Object.values(decisions).flatMap(({ reasons: given }) => given)) reasons.set(JSON.stringify([code, params]), reason(code, params))
  return {
    format: options.format,
    encoding: options.format === 'sheet' ? null : options.encoding,
    delimiter: options.format === 'delimited' ? options.delimiter : null,
    headerRows: options.headerRows,
    skipRows: options.skipRows,
    quote: options.quote,
    sheet: options.sheet ?? null,
    columns: options.names.length,
    reasons: [...reasons.values()],
  }
}
