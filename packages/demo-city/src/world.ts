import { placesOf, type Place, type Places } from './addresses.ts'
import { dayOf, plusYears, yearOf } from './calendar.ts'
import { companiesOf, employ, type Company } from './companies.ts'
import type { Organisation, OrganisationKey, Region } from './model.ts'
import { organisationsOf } from './organisations.ts'
import { pickerFor, type Picker } from './pick.ts'
import { populationOf, type Person } from './population.ts'
import { regionsOf } from './regions.ts'

/** A flat, house or shop with its certificate of ownership. */
interface Property {
  readonly certificate: string
  /** 28 characters: parcel, then F and the building unit. */
  readonly unit: string
  readonly owner: { readonly name: string; readonly number: string; readonly person: Person | undefined }
  readonly coOwner: Person | undefined
  readonly place: Place
  readonly address: string
  /** Square metres, two decimals. */
  readonly area: number
  readonly use: string
  readonly registeredDay: number
}

/** What is true in the city, before departments write it down. */
export interface World {
  readonly seed: number
  /** Day number of the city's present. */
  readonly today: number
  readonly scale: number
  readonly regions: readonly Region[]
  readonly organisations: readonly Organisation[]
  readonly places: Places
  readonly persons: readonly Person[]
  readonly adults: readonly Person[]
  readonly companies: readonly Company[]
  readonly properties: readonly Property[]
}

export const organisationOf = (world: World, key: OrganisationKey): Organisation =>
  world.organisations.find((organisation) => organisation.key === key)!

/** A number of rows at the city's scale, at least one. */
export const scaled = (world: World, count: number): number => Math.max(1, Math.round(count * world.scale))

const PROPERTY_ROWS = 12_000

function propertiesOf(pick: Picker, today: number, count: number, owners: readonly Person[], companies: readonly Company[]): Property[] {
  return Array.from({ length: count }, (_, i): Property => {
    const company = pick.chance(0.06) ? pick.one(companies) : undefined
    const person = company === undefined ? owners[i % owners.length]! : undefined
    const place = (company ?? person)!.place
    const oldest = Math.max(dayOf('2004-01-01'), company?.foundedDay ?? plusYears(person!.birthDay, 22))
    const registeredDay = today - 3 - Math.floor((today - 3 - oldest) * pick.fraction())
    const serial = String(i + 1).padStart(7, '0')
    return {
      certificate: `澜（${yearOf(registeredDay)}）澜海市不动产权第${serial}号`,
      unit: `${place.district.code}${place.town.code.slice(6)}${place.region.code.slice(9)}GB${pick.digits(5)}F${String(i + 1).padStart(8, '0')}`,
      owner: {
        name: company?.name ?? person!.name,
        number: company?.code ?? person!.number,
        person,
      },
      coOwner: person?.spouse !== undefined && pick.chance(0.45) ? person.spouse : undefined,
      place,
      address: (company ?? person)!.address,
      area: Math.round((company === undefined ? Math.max(28, pick.normal(102, 28)) : Math.max(40, pick.normal(420, 180))) * 100) / 100,
      use: company === undefined ? '住宅' : pick.one(['商业服务', '工业', '办公', '仓储']),
      registeredDay,
    }
  })
}

/** Makes people, companies and houses once, so that all departments speak of the same ones. */
export function worldOf(seed: number, todayIso: string, scale: number): World {
  const today = dayOf(todayIso)
  const regions = regionsOf(seed)
  const places = placesOf(seed, regions)
  const { persons } = populationOf(seed, today, Math.max(600, Math.round(26_000 * scale)), places)
  const companies = companiesOf(seed, today, Math.max(200, Math.round(9_000 * scale)), places, persons)
  employ(seed, persons, companies)
  const adults = persons.filter(({ age }) => age >= 18)
  const owners = adults.filter(({ age }) => age >= 26)
  const count = Math.max(1, Math.round(PROPERTY_ROWS * scale))
  return {
    seed, today, scale, regions, places, persons, adults, companies,
    organisations: organisationsOf(seed),
    properties: propertiesOf(pickerFor(seed, 'properties'), today, count, owners, companies),
  }
}
