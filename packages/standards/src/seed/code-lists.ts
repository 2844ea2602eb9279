import type { CodeList } from '../code-list.ts'
import { COUNTRIES } from './code-lists/countries.ts'
import { DIVISIONS } from './code-lists/divisions.ts'
import { INDUSTRY } from './code-lists/industry.ts'
import { ORGANISATION_LISTS } from './code-lists/organisation-lists.ts'
import { PERSON_LISTS } from './code-lists/person-lists.ts'
import { SERVICE_LISTS } from './code-lists/service-lists.ts'

/** The code lists that an installation begins with. */
export const SEED_CODE_LISTS: readonly CodeList[] = [...PERSON_LISTS, ...ORGANISATION_LISTS, DIVISIONS, INDUSTRY, COUNTRIES, ...SERVICE_LISTS]
