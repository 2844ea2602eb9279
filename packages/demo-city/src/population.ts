import { homeAddress, type Place, type Places } from './addresses.ts'
import { isoOf, plusYears, yearOf } from './calendar.ts'
import { citizenCheck } from './codes.ts'
import { dottedName, personName, surnameOf, type Sex } from './names.ts'
import { pickerFor, weightedOf, type Picker } from './pick.ts'
import { OTHER_DIVISIONS } from './regions.ts'

type Relation = '户主' | '配偶' | '子' | '女' | '父亲' | '母亲'

/** One person of the invented city, as all departments know the same person before faults come in. */
export interface Person {
  readonly index: number
  /** Citizen number, 18 characters, valid. */
  readonly number: string
  readonly name: string
  readonly sex: Sex
  readonly birthDay: number
  readonly age: number
  readonly people: string
  readonly household: number
  readonly relation: Relation
  readonly place: Place
  readonly address: string
  /** 11 digits under 154, which no operator has been given; empty for children. */
  readonly phone: string
  readonly education: string
  spouse?: Person
  readonly mother?: Person
  readonly father?: Person
  /** Index of the employing company. */
  employer?: number
}

export interface Population {
  readonly persons: readonly Person[]
  readonly households: number
}

const PEOPLES = weightedOf([['汉族', 960], ['畲族', 12], ['回族', 9], ['土家族', 7], ['苗族', 5], ['满族', 4], ['壮族', 3]])
const SCHOOLING = weightedOf([['小学', 14], ['初中', 28], ['高中', 16], ['中专', 9], ['大学专科', 16], ['大学本科', 15], ['硕士研究生', 2]])

export const sexZh = (sex: Sex): '男' | '女' => (sex === 'male' ? '男' : '女')

interface Birth {
  readonly sex: Sex
  readonly day: number
}

type Kin = Pick<Person, 'mother' | 'father' | 'relation'> & { readonly family?: string; readonly people?: string }

class Register {
  readonly persons: Person[] = []
  readonly #numbers = new Set<string>()
  readonly #phones = new Set<string>()
  readonly #pick: Picker
  readonly #today: number

  constructor(pick: Picker, today: number) {
    this.#pick = pick
    this.#today = today
  }

  add(birth: Birth, kin: Kin, home: { household: number; place: Place; address: string }): Person {
    const pick = this.#pick
    const year = yearOf(birth.day)
    const age = Math.floor((this.#today - birth.day) / 365.2425)
    const dotted = kin.family === undefined && pick.chance(0.004)
    const person: Person = {
      index: this.persons.length,
      number: this.#number(birth, home.place),
      name: dotted ? dottedName(pick, birth.sex) : personName(pick, birth.sex, year, kin.family),
      sex: birth.sex,
      birthDay: birth.day,
      age,
      people: dotted ? pick.one(['维吾尔族', '哈萨克族']) : (kin.people ?? pick.weighted(PEOPLES)),
      ...home,
      relation: kin.relation,
      ...(kin.mother === undefined ? {} : { mother: kin.mother }),
      ...(kin.father === undefined ? {} : { father: kin.father }),
      phone: age < 14 ? '' : this.#phone(),
      education: age < 6 ? '学龄前' : age < 12 ? '小学' : age < 15 ? '初中' : pick.weighted(SCHOOLING),
    }
    this.persons.push(person)
    return person
  }

  #number(birth: Birth, place: Place): string {
    const pick = this.#pick
    const division = pick.chance(0.22) ? pick.one(OTHER_DIVISIONS) : place.district.code
    for (;;) {
      // 996 to 999 were kept for people born before 1900; a 15-digit number with them would mean another century.
      const serial = pick.int(0, 494) * 2 + (birth.sex === 'male' ? 1 : 0)
      const body = division + isoOf(birth.day).replaceAll('-', '') + String(serial).padStart(3, '0')
      if (this.#numbers.has(body)) continue
      this.#numbers.add(body)
      return body + citizenCheck(body)
    }
  }

  #phone(): string {
    for (;;) {
      const phone = `154${this.#pick.digits(8)}`
      if (this.#phones.has(phone)) continue
      this.#phones.add(phone)
      return phone
    }
  }
}

const other = (sex: Sex): Sex => (sex === 'male' ? 'female' : 'male')

/** Makes households until there are enough persons: singles, couples, families of two and three generations. */
export function populationOf(seed: number, today: number, atLeast: number, places: Places): Population {
  const pick = pickerFor(seed, 'population')
  const register = new Register(pick, today)
  const sex = (): Sex => (pick.chance(0.51) ? 'male' : 'female')
  let household = 0
  while (register.persons.length < atLeast) {
    const place = pick.weighted(places.byPeople)
    const home = { household: household++, place, address: homeAddress(pick, place) }
    const kind = pick.fraction()
    const age = Math.max(20, Math.min(88, pick.normal(47, 15)))
    const headDay = Math.round(today - age * 365.2425 - pick.int(0, 364))
    const head = register.add({ sex: pick.chance(0.68) ? 'male' : 'female', day: headDay }, { relation: '户主' }, home)
    if (kind < 0.17) continue
    const couple = kind < 0.94 && age >= 24
    const spouse = couple ? addSpouse(pick, register, head, today, home) : undefined
    const mother = head.sex === 'female' ? head : spouse
    const father = head.sex === 'male' ? head : spouse
    const younger = Math.max(head.birthDay, spouse?.birthDay ?? head.birthDay)
    if (kind >= 0.34) addChildren(pick, register, { mother, father, younger, sex }, today, home)
    if (kind > 0.82 && couple && !head.name.includes('·')) addParent(pick, register, head, home)
  }
  return { persons: register.persons, households: household }
}

type Home = Parameters<Register['add']>[2]

function addSpouse(pick: Picker, register: Register, head: Person, today: number, home: Home): Person {
  const shift = pick.normal(head.sex === 'male' ? 600 : -600, 900)
  const day = Math.min(Math.round(head.birthDay + shift), today - 8500)
  const spouse = register.add({ sex: other(head.sex), day }, { relation: '配偶' }, home)
  head.spouse = spouse
  spouse.spouse = head
  return spouse
}

interface Parents {
  readonly mother: Person | undefined
  readonly father: Person | undefined
  readonly younger: number
  readonly sex: () => Sex
}

function addChildren(pick: Picker, register: Register, parents: Parents, today: number, home: Home): void {
  const { mother, father, younger } = parents
  const named = pick.chance(0.95) ? (father ?? mother) : (mother ?? father)
  const family = named === undefined || named.name.includes('·') ? undefined : surnameOf(named.name)
  let day = Math.round(younger + pick.normal(27.5, 2.6) * 365.2425)
  const wanted = pick.chance(0.46) ? 2 : pick.chance(0.07) ? 3 : 1
  for (let i = 0; i < wanted; i++) {
    const tooOld = mother !== undefined && day > plusYears(mother.birthDay, 45)
    if (day > today - 3 || tooOld) return
    const sex = parents.sex()
    // Grown children have a household of their own, made elsewhere.
    if (today - day < 25 * 365) {
      register.add({ sex, day }, {
        relation: sex === 'male' ? '子' : '女',
        ...(mother === undefined ? {} : { mother }),
        ...(father === undefined ? {} : { father }),
        ...(family === undefined ? {} : { family }),
        ...(named === undefined ? {} : { people: named.people }),
      }, home)
    }
    day += pick.int(500, 2600)
  }
}

function addParent(pick: Picker, register: Register, head: Person, home: Home): void {
  const mother = pick.chance(0.6)
  const day = Math.round(head.birthDay - pick.normal(26, 2.5) * 365.2425)
  const kin: Kin = mother
    ? { relation: '母亲', people: head.people }
    : { relation: '父亲', people: head.people, family: surnameOf(head.name) }
  register.add({ sex: mother ? 'female' : 'male', day }, kin, home)
}
