/** A licence that the catalogue offers. */
export interface Licence {
  /** SPDX identifier; one that SPDX's list does not have is a `LicenseRef-`. */
  readonly id: string
  /** What people call it. */
  readonly short: string
  readonly title: string
  readonly titleEn: string
  /** Where its text is. */
  readonly uri: string
}

/**
 * Licences for open data by SPDX identifier, in the order in which they are offered. Harvested entries may name others. The Mulan licences are
 * of China, in Chinese and English alike; SPDX has not listed them. @see https://license.coscl.org.cn/
 */
export const LICENCES: readonly Licence[] = [
  { id: 'CC-BY-4.0', short: 'CC BY 4.0', title: '知识共享 署名 4.0', titleEn: 'Creative Commons Attribution 4.0', uri: 'https://creativecommons.org/licenses/by/4.0/' },
  { id: 'CC0-1.0', short: 'CC0 1.0', title: '知识共享 公共领域贡献 1.0', titleEn: 'Creative Commons Zero 1.0', uri: 'https://creativecommons.org/publicdomain/zero/1.0/' },
  { id: 'CC-BY-SA-4.0', short: 'CC BY-SA 4.0', title: '知识共享 署名—相同方式共享 4.0', titleEn: 'Creative Commons Attribution-ShareAlike 4.0', uri: 'https://creativecommons.org/licenses/by-sa/4.0/' },
  { id: 'CC-BY-NC-4.0', short: 'CC BY-NC 4.0', title: '知识共享 署名—非商业性使用 4.0', titleEn: 'Creative Commons Attribution-NonCommercial 4.0', uri: 'https://creativecommons.org/licenses/by-nc/4.0/' },
  {
    id: 'LicenseRef-MulanOWL-BY-v1', short: 'MulanOWL BY v1', title: '木兰开放作品许可协议 署名，第 1 版', titleEn: 'Mulan Open Works License Attribution, Version 1',
    uri: 'https://license.coscl.org.cn/MulanOWLBYv1',
  },
  {
    id: 'LicenseRef-MulanOWL-BY-SA-v1', short: 'MulanOWL BY-SA v1', title: '木兰开放作品许可协议 署名—相同方式共享，第 1 版', titleEn: 'Mulan Open Works License Attribution-ShareAlike, Version 1',
    uri: 'https://license.coscl.org.cn/MulanOWLBYSAv1',
  },
  { id: 'ODbL-1.0', short: 'ODbL 1.0', title: '开放数据库许可 1.0', titleEn: 'Open Database License 1.0', uri: 'https://opendatacommons.org/licenses/odbl/1-0/' },
  { id: 'ODC-By-1.0', short: 'ODC-By 1.0', title: '开放数据共用 署名 1.0', titleEn: 'Open Data Commons Attribution 1.0', uri: 'https://opendatacommons.org/licenses/by/1-0/' },
  { id: 'PDDL-1.0', short: 'PDDL 1.0', title: '开放数据共用 公共领域贡献 1.0', titleEn: 'Open Data Commons Public Domain Dedication 1.0', uri: 'https://opendatacommons.org/licenses/pddl/1-0/' },
]

export const licenceById = (id: string): Licence | undefined => LICENCES.find((licence) => licence.id === id)
