import type { InjectOptions } from 'fastify'

/** A multipart form as a browser sends it; parts come in the order given. */
export function aForm(parts: readonly { name: string; value: string | Uint8Array; fileName?: string }[]): Pick<InjectOptions, 'payload' | 'headers'> & { headers: Record<string, string> } {
  const boundary = 'dtform4711'
  const pieces = parts.flatMap(({ name, value, fileName }) => [
    Buffer.from(`--${boundary}\r\ncontent-disposition: form-data; name="${name}"${fileName === undefined ? '' : `; filename="${fileName}"\r\ncontent-type: text/csv`}\r\n\r\n`),
    Buffer.from(value),
    Buffer.from('\r\n'),
  ])
  return {
    payload: Buffer.concat([...pieces, Buffer.from(`--${boundary}--\r\n`)]),
    headers: { 'content-type': `multipart/form-data; boundary=${boundary}` },
  }
}

/** 社保参保 of nobody: names, citizen numbers with right check characters, one of 15 digits, phones, a duplicate row, some that do not fit. */
export function peopleCsv(rows = 200): string {
  const surnames = '王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗'
  const given = '伟芳娜敏静丽强磊军洋勇艳杰娟涛明超秀霞平'
  const lines = Array.from({ length: rows }, (_, i) => {
    const name = `${surnames[i % surnames.length]}${given[(i * 7) % given.length]}${given[(i * 3 + 1) % given.length]}`
    const birth = `19${70 + (i % 30)}${String((i % 12) + 1).padStart(2, '0')}${String((i % 28) + 1).padStart(2, '0')}`
    return `SB${String(i + 1).padStart(6, '0')},${name},${withCheck(`339902${birth}${String(i % 1000).padStart(3, '0')}`)},138${String(10_000_000 + i * 37)},${(i % 40) + 1},${i % 9 === 0 ? '' : `2026-0${(i % 9) + 1}-15`}`
  })
  return ['参保编号,姓名,公民身份号码,联系电话,参保月数,最近缴费日期', ...lines, ''].join('\n')
}

/** @see GB 11643-1999 */
function withCheck(body: string): string {
  const sum = [...body].reduce((total, digit, index) => total + Number(digit) * (2 ** (17 - index) % 11), 0)
  return body + '10X98765432'[sum % 11]
}
