import type { Grade } from '@datong/kernel'

/** Names that the sheets of an export go by, Chinese first. */
export const ENTRY_SHEETS = ['目录', 'Entries'] as const
export const ITEM_SHEETS = ['信息项', 'Information items'] as const

/** The columns of that sheet; `code` and `field` say which item, `title` and `type` are there to be read. */
export const ITEM_COLUMNS = ['code', 'title', 'field', 'description', 'type', 'unit', 'grade', 'masking', 'identifier', 'element', 'codeList'] as const
export type ItemColumn = (typeof ITEM_COLUMNS)[number]

export const ITEM_HEADINGS: Readonly<Record<ItemColumn, readonly [zh: string, en: string]>> = {
  code: ['信息资源代码', 'Code'], title: ['信息资源名称', 'Title'], field: ['信息项', 'Item'], description: ['说明', 'Description'], type: ['数据类型', 'Type'], unit: ['计量单位', 'Unit'],
  grade: ['分级', 'Grade'], masking: ['脱敏方法', 'Masking'], identifier: ['标识', 'Identifier'], element: ['数据元', 'Data element'], codeList: ['代码集', 'Code list'],
}

/** Headings as they are recognised: without blanks, in lower case. */
export const ITEM_TITLES = Object.fromEntries(ITEM_COLUMNS.map((column) => [column, ITEM_HEADINGS[column].map((title) => title.toLowerCase().replaceAll(' ', ''))])) as unknown as Readonly<Record<ItemColumn, readonly string[]>> // one for each column

/** Grades as an export writes them. */
export const GRADE_WORDS: Readonly<Record<Grade, readonly [zh: string, en: string]>> = {
  public: ['公开', 'Public'], internal: ['内部', 'Internal'], secret: ['秘密', 'Secret'], 'top-secret': ['机密', 'Top secret'],
}
