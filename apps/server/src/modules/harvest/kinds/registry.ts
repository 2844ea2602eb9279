import type { HarvestKind } from '@datong/contracts'
import { ckan } from './ckan.ts'
import { dcat } from './dcat.ts'
import { dcatUs } from './dcat-us.ts'
import type { SourceKind } from './kind.ts'

/** A new kind is one file and one line here. */
export const KINDS: Readonly<Record<HarvestKind, SourceKind>> = { ckan, dcat, 'dcat-us': dcatUs }
