import { SYSTEM_ACTOR } from '../modules/identity/index.ts'
import type { Stage } from './context.ts'

/** Regions, departments and people, those that are missing. */
export async function settlePeople({ city, datong: { identity }, password }: Stage): Promise<void> {
  await identity.organisations.add({
    regions: city.regions.map(({ code, nameZh, nameEn, level, parent }) => ({
      code, name: nameZh, nameEn, parentCode: parent, level,
    })),
    organisations: city.organisations.map(({ code, nameZh, nameEn, shortZh, kind, regionCode, duties }) => ({
      code, name: nameZh, nameEn, shortName: shortZh, kind, regionCode, duties: [...duties],
    })),
  }, SYSTEM_ACTOR)
  for (const { username, nameZh, organisationCode, roles } of [...city.users, ...city.officers]) {
    if ((await identity.users.findByUsername(username)) !== undefined) continue
    await identity.users.create({ username, name: nameZh, organisation: organisationCode, roles, password }, SYSTEM_ACTOR)
  }
}
