/** Names under which departments keep positions. */
const LONGITUDE = /^(经度|longitude|lon|lng|long)$/i
const LATITUDE = /^(纬度|latitude|lat)$/i
export const COORDINATE_NAMES = /^(经度|纬度|longitude|latitude|lon|lng|long|lat)$/i

interface Named {
  readonly name: string
  readonly type: string
  readonly masking: string | null
}

export interface CoordinateFields {
  readonly longitude: string
  readonly latitude: string
}

/** The fields that hold positions, where a table has both and the viewer gets them unmasked. */
export function coordinateFields(fields: readonly Named[]): CoordinateFields | undefined {
  const numeric = fields.filter((field) => field.masking === null && (field.type === 'decimal' || field.type === 'integer'))
  const longitude = numeric.find((field) => LONGITUDE.test(field.name.trim()))
  const latitude = numeric.find((field) => LATITUDE.test(field.name.trim()))
  return longitude && latitude ? { longitude: longitude.name, latitude: latitude.name } : undefined
}
