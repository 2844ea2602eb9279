/** A licence that the catalogue offers: SPDX identifier, names, address of its text. */
export interface Licence {
  readonly id: string
  readonly title: string
  readonly titleEn: string
  readonly uri: string
}

/** Licences for open data by SPDX identifier, in the order in which they are offered. Harvested entries may name others. */
export const LICENCES: readonly Licence[] = [
  { id: 'CC-BY-4.0', title: '知识共享 署名 4.0', titleEn: 'Creative Commons Attribution 4.0', uri: 'https://creativecommons.org/licenses/by/4.0/' },
  { id: 'CC0-1.0', title: '知识共享 公共领域贡献 1.0', titleEn: 'Creative Commons Zero 1.0', uri: 'https://creativecommons.org/publicdomain/zero/1.0/' },
  { id: 'CC-BY-SA-4.0', title: '知识共享 署名—相同方式共享 4.0', titleEn: 'Creative Commons Attribution-ShareAlike 4.0', uri: 'https://creativecommons.org/licenses/by-sa/4.0/' },
  { id: 'CC-BY-NC-4.0', title: '知识共享 署名—非商业性使用 4.0', titleEn: 'Creative Commons Attribution-NonCommercial 4.0', uri: 'https://creativecommons.org/licenses/by-nc/4.0/' },
  { id: 'ODbL-1.0', title: '开放数据库许可 1.0', titleEn: 'Open Database License 1.0', uri: 'https://opendatacommons.org/licenses/odbl/1-0/' },
  { id: 'ODC-By-1.0', title: '开放数据共用 署名 1.0', titleEn: 'Open Data Commons Attribution 1.0', uri: 'https://opendatacommons.org/licenses/by/1-0/' },
  { id: 'PDDL-1.0', title: '开放数据共用 公共领域贡献 1.0', titleEn: 'Open Data Commons Public Domain Dedication 1.0', uri: 'https://opendatacommons.org/licenses/pddl/1-0/' },
]

export const licenceById = (id: string): Licence | undefined => LICENCES.find((licence) => licence.id === id)
