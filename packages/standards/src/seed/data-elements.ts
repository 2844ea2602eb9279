import type { DataElement } from '../data-element.ts'
import { INSURANCE } from './elements/insurance.ts'
import { LICENCE } from './elements/licence.ts'
import { ORGANISATION } from './elements/organisation.ts'
import { CREDIT_ELEMENTS, PERMIT } from './elements/permit.ts'
import { PERSON } from './elements/person.ts'
import { PLACE } from './elements/place.ts'
import { SERVICES } from './elements/services.ts'
import { THINGS } from './elements/things.ts'

/** The seed of the standard: what an installation begins with, version 1. Those not confirmed are shown so until a steward has held them against their source. */
export const SEED_ELEMENTS: readonly DataElement[] = [...PERSON, ...ORGANISATION, ...PLACE, ...LICENCE, ...INSURANCE, ...PERMIT, ...CREDIT_ELEMENTS, ...THINGS, ...SERVICES]
