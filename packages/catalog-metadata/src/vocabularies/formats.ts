/** What is known about a form of data: code of the EU `file-type` list, IANA media type, and two properties that the MQA method counts. */
export interface FormatTerm {
  readonly code: string
  readonly label: string
  readonly mediaType: string
  /** Its description is open and free to use. */
  readonly open: boolean
  /** A program can read the values out without guessing. */
  readonly machineReadable: boolean
}

const term = (code: string, label: string, mediaType: string, open: boolean, machineReadable: boolean): FormatTerm => ({ code, label, mediaType, open, machineReadable })

/** @see http://publications.europa.eu/resource/authority/file-type */
const TERMS: readonly FormatTerm[] = [
  term('CSV', 'CSV', 'text/csv', true, true),
  term('TSV', 'TSV', 'text/tab-separated-values', true, true),
  term('JSON', 'JSON', 'application/json', true, true),
  term('GEOJSON', 'GeoJSON', 'application/geo+json', true, true),
  term('JSON_LD', 'JSON-LD', 'application/ld+json', true, true),
  term('XML', 'XML', 'application/xml', true, true),
  term('RDF_XML', 'RDF/XML', 'application/rdf+xml', true, true),
  term('RDF_TURTLE', 'Turtle', 'text/turtle', true, true),
  term('XLSX', 'Excel XLSX', 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet', true, true),
  term('XLS', 'Excel XLS', 'application/vnd.ms-excel', false, true),
  term('ODS', 'ODS', 'application/vnd.oasis.opendocument.spreadsheet', true, true),
  term('PARQUET', 'Parquet', 'application/vnd.apache.parquet', true, true),
  term('SQL', 'SQL', 'application/sql', true, true),
  term('KML', 'KML', 'application/vnd.google-earth.kml+xml', true, true),
  term('SHP', 'Shapefile', 'application/vnd.shp', true, true),
  term('GPKG', 'GeoPackage', 'application/geopackage+sqlite3', true, true),
  term('GML', 'GML', 'application/gml+xml', true, true),
  term('HTML', 'HTML', 'text/html', true, false),
  term('TXT', 'Plain text', 'text/plain', true, false),
  term('PDF', 'PDF', 'application/pdf', true, false),
  term('DOC', 'Word DOC', 'application/msword', false, false),
  term('DOCX', 'Word DOCX', 'application/vnd.openxmlformats-officedocument.wordprocessingml.document', true, false),
  term('ZIP', 'ZIP', 'application/zip', true, false),
  term('JPEG', 'JPEG', 'image/jpeg', true, false),
  term('PNG', 'PNG', 'image/png', true, false),
  term('TIFF', 'TIFF', 'image/tiff', true, false),
]

const BY_CODE = new Map(TERMS.map((one) => [one.code, one]))
const BY_MEDIA_TYPE = new Map(TERMS.map((one) => [one.mediaType, one]))

/** Names of formats as catalogues write them, where they differ from the code. */
const ALIASES: Readonly<Record<string, string>> = {
  EXCEL: 'XLSX', 'JSON-LD': 'JSON_LD', JSONLD: 'JSON_LD', TURTLE: 'RDF_TURTLE', TTL: 'RDF_TURTLE', RDF: 'RDF_XML', 'RDF/XML': 'RDF_XML', JPG: 'JPEG', TEXT: 'TXT',
  SHAPEFILE: 'SHP', 'ESRI SHAPEFILE': 'SHP', WORD: 'DOCX', GEOPACKAGE: 'GPKG', HTM: 'HTML', 'TEXT/XML': 'XML', 'APPLICATION/JAVASCRIPT': 'JSON',
}

/** The format by code, file ending, usual name or media type, in any case; undefined when it is not known. */
export function formatOf(words: string | null): FormatTerm | undefined {
  if (words === null) return undefined
  const given = words.trim().replace(/^\./, '')
  const plain = given.toLowerCase().split(';')[0]!.trim()
  return BY_CODE.get(given.toUpperCase()) ?? BY_CODE.get(ALIASES[given.toUpperCase()] ?? '') ?? BY_MEDIA_TYPE.get(plain)
}
