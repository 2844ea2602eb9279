import { ckan } from './ckan.ts'
import type { Connector } from './connector.ts'
import { dataPackage } from './data-package.ts'
import { folder } from './folder.ts'
import { http } from './http.ts'
import { mysql } from './mysql.ts'
import { postgresql } from './postgresql.ts'

/** A new kind of source is one file and one line here; the contract suite runs on each. */
export const CONNECTORS = { postgresql, mysql, http, ckan, 'data-package': dataPackage, folder } satisfies Readonly<Record<string, Connector>>

export type SourceKind = keyof typeof CONNECTORS
