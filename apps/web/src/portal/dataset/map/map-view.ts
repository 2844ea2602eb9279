/** Part of the earth that is shown: its middle in degrees, and how many kilometres a pixel is. */
export interface MapView {
  readonly longitude: number
  readonly latitude: number
  readonly kmPerPixel: number
}

export interface Size {
  readonly width: number
  readonly height: number
}

export interface Place {
  readonly longitude: number
  readonly latitude: number
}

/** Kilometres of one degree of latitude. */
const KM_PER_DEGREE = 111.32
const MARGIN = 1.12

/** Degrees of longitude are shorter away from the equator; without this, circles would be ovals. */
const kmPerDegreeEast = (latitude: number): number => KM_PER_DEGREE * Math.max(0.05, Math.cos((latitude * Math.PI) / 180))

/** The view that shows all places, none cut by the edge. */
export function viewOfAll(places: readonly Place[], { width, height }: Size): MapView {
  const west = Math.min(...places.map((place) => place.longitude))
  const east = Math.max(...places.map((place) => place.longitude))
  const south = Math.min(...places.map((place) => place.latitude))
  const north = Math.max(...places.map((place) => place.latitude))
  const latitude = (south + north) / 2
  const acrossKm = (east - west) * kmPerDegreeEast(latitude)
  const upKm = (north - south) * KM_PER_DEGREE
  return { longitude: (west + east) / 2, latitude, kmPerPixel: Math.max(acrossKm / width, upKm / height, 0.0005) * MARGIN }
}

/** The bounds of a view, in degrees. */
export function boundsOf(view: MapView, { width, height }: Size): { west: number; east: number; south: number; north: number } {
  const halfEast = (width * view.kmPerPixel) / 2 / kmPerDegreeEast(view.latitude)
  const halfNorth = (height * view.kmPerPixel) / 2 / KM_PER_DEGREE
  return { west: view.longitude - halfEast, east: view.longitude + halfEast, south: view.latitude - halfNorth, north: view.latitude + halfNorth }
}

/** The view after a drag by so many pixels. */
export const moved = (view: MapView, rightPixels: number, downPixels: number): MapView => ({
  ...view,
  longitude: view.longitude - (rightPixels * view.kmPerPixel) / kmPerDegreeEast(view.latitude),
  latitude: view.latitude + (downPixels * view.kmPerPixel) / KM_PER_DEGREE,
})

/** The view nearer (below 1) or farther (above 1). */
export const zoomed = (view: MapView, factor: number): MapView => ({ ...view, kmPerPixel: Math.min(Math.max(view.kmPerPixel * factor, 0.0005), 60) })

/** A round length for the scale bar, in kilometres, at most so many pixels long. */
export function scaleKm(view: MapView, mostPixels: number): number {
  const most = view.kmPerPixel * mostPixels
  const power = 10 ** Math.floor(Math.log10(most))
  return ([5, 2, 1].find((step) => step * power <= most) ?? 1) * power
}

/** Longitudes and latitudes of a place that can be real; positions at 0, 0 are fillers. */
export const isPlace = (longitude: number, latitude: number): boolean =>
  Number.isFinite(longitude) && Number.isFinite(latitude) && Math.abs(longitude) <= 180 && Math.abs(latitude) <= 90 && (longitude !== 0 || latitude !== 0)

/** A place with what is told about it. */
export interface MapPlace extends Place {
  readonly name: string
  readonly kind: string
}
