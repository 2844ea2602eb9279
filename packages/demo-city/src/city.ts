import { FAULT_PLANS } from './fault-plan.ts'
import type { DemoTable, DemoUser, Organisation, Region, Text2 } from './model.ts'
import { CITY_CODE } from './regions.ts'
import { tableOf, type TableSpec } from './table-spec.ts'
import { marriage, lowIncome } from './tables/civil.ts'
import { air, complaint, water } from './tables/ecology.ts'
import { school } from './tables/education.ts'
import { budget } from './tables/finance.ts'
import { housingFund } from './tables/fund.ts'
import { birth, clinic } from './tables/health.ts'
import { insurance } from './tables/labour.ts'
import { mortgage, property } from './tables/land.ts'
import { enterprise, foodLicence, licence, penalty } from './tables/market.ts'
import { residents, vehicle } from './tables/police.ts'
import { taxCredit, taxFiling, taxRegister } from './tables/tax.ts'
import { bus, parking } from './tables/transport.ts'
import { officersOf, usersOf } from './users.ts'
import { worldOf } from './world.ts'

const SPECS: readonly TableSpec[] = [
  enterprise, foodLicence, licence, penalty, insurance, taxRegister, taxCredit, taxFiling, property, mortgage, birth, clinic,
  housingFund, residents, vehicle, marriage, lowIncome, bus, parking, air, water, complaint, school, budget,
]

export interface CityOptions {
  /** Same seed, day and scale: the same city, byte for byte. */
  readonly seed: number
  /** The city's present, `YYYY-MM-DD`: nothing in it happens later, except that licences run out. */
  readonly today: string
  /** Share of the full size (about 26,000 people, 9,000 companies, 150,000 rows); 1 when not given. */
  readonly scale?: number
}

export interface City {
  readonly city: { readonly code: string; readonly name: Text2 }
  readonly options: Required<CityOptions>
  readonly regions: readonly Region[]
  readonly organisations: readonly Organisation[]
  /** The nine accounts that documents rely on. */
  readonly users: readonly DemoUser[]
  /** One officer for each further department, in whose name its tables are loaded. */
  readonly officers: readonly DemoUser[]
  readonly tables: readonly DemoTable[]
}

/**
 * Makes the invented city. People, companies and houses are made here, once; rows are made as they are asked for,
 * each table from a seed of its own.
 */
export function makeCity({ seed, today, scale = 1 }: CityOptions): City {
  const world = worldOf(seed, today, scale)
  return {
    city: { code: CITY_CODE, name: { zh: '澜海市', en: 'Lanhai' } },
    options: { seed, today, scale },
    regions: world.regions,
    organisations: world.organisations,
    users: usersOf(world.organisations),
    officers: officersOf(world.organisations),
    tables: SPECS.map((spec) => tableOf(spec, FAULT_PLANS[spec.key] ?? [], world)),
  }
}
