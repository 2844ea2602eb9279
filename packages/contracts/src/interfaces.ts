import { Type } from 'typebox'
import { EntryCode } from './common.ts'
import { operation } from './operation.ts'

const tag = 'data'
const CodeParams = Type.Object({ code: EntryCode })

/** A claimed value; numbers longer than 15 digits are sent as text. */
const Claimed = Type.Union([Type.String({ maxLength: 500 }), Type.Number(), Type.Boolean()])

/** Forms of delivery besides rows and files. */
export const interfaceOperations = {
  verify: operation({
    id: 'verify', method: 'POST', path: '/data/v1/{code}/verify', tag, access: 'anyone',
    summary: 'Whether one row has all these values, compared unmasked on the server: `{match}` and nothing else; with `per=field` also which of them hold. At least one identifying field is needed',
    params: CodeParams, query: Type.Object({ per: Type.Optional(Type.Enum(['record', 'field'])) }),
    body: Type.Record(Type.String({ maxLength: 200 }), Claimed, { maxProperties: 50 }),
    response: Type.Object({ match: Type.Boolean(), fields: Type.Optional(Type.Record(Type.String(), Type.Boolean())) }),
  }),
} as const
