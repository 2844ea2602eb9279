import { DOTTED, NAME_ERAS, SURNAMES } from './name-data.ts'
import { weightedOf, type Picker } from './pick.ts'

export type Sex = 'male' | 'female'

const surnames = weightedOf(
  SURNAMES.split(' ').map((entry): [string, number] => {
    const surname = entry.replace(/[\d.]+$/, '')
    return [surname, Number(entry.slice(surname.length))]
  }),
)

const surname = (pick: Picker): string => pick.weighted(surnames)

/** A given name of one or two characters as parents chose them in the year of birth. */
function givenName(pick: Picker, sex: Sex, birthYear: number): string {
  const era = NAME_ERAS.find(({ before }) => birthYear < before)!
  const [first, last] = era[sex]
  const end = last[pick.int(0, last.length - 1)]!
  if (pick.chance(era.single)) return end
  const start = first[pick.int(0, first.length - 1)]!
  return start === end && !pick.chance(0.3) ? end : start + end
}

/** A whole name; `family` keeps the surname of a parent. */
export function personName(pick: Picker, sex: Sex, birthYear: number, family = surname(pick)): string {
  return family + givenName(pick, sex, birthYear)
}

/** A name with a middle dot, as of Uyghurs and Kazakhs: own name · father's name. */
export const dottedName = (pick: Picker, sex: Sex): string => `${pick.one(DOTTED[sex])}·${pick.one(DOTTED.male)}`

/** The surname that a name begins with, compound surnames included. */
export const surnameOf = (name: string): string =>
  surnames.items.find((family) => family.length === 2 && name.startsWith(family)) ?? name.slice(0, 1)
