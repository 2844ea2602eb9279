/** First two digits of division codes in use. @see GB/T 2260-2007; 81 to 83 also begin residence permits. */
export const PROVINCE_CODES: ReadonlySet<string> = new Set(
  ('11 12 13 14 15 21 22 23 31 32 33 34 35 36 37 41 42 43 44 45 46 50 51 52 53 54 61 62 63 64 65 71 81 82').split(' '),
)

/** One-character names of provinces as number plates bear them. @see GA 36-2018 */
export const PLATE_PROVINCES = '京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼'
