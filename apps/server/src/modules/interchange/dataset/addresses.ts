/**
 * Addresses under which the catalogue is known to others. They are identifiers too, so they never change.
 * @param base scheme and host of the installation, without a slash at the end
 */
export const addressesOf = (base: string) => ({
  home: `${base}/`,
  catalog: `${base}/catalog`,
  /** The data set as a thing; answers a page or RDF, as asked. */
  dataset: (code: string) => `${base}/dataset/${code}`,
  distribution: (code: string, key: string) => `${base}/dataset/${code}#${key}`,
  /** The page for people. */
  page: (code: string) => `${base}/datasets/${code}`,
  organisation: (code: string) => `${base}/catalog#organisation-${code}`,
  organisationPage: (code: string) => `${base}/datasets?organisation=${code}`,
  download: (code: string, format: string) => `${base}/data/v1/${code}/download?format=${format}`,
  rows: (code: string) => `${base}/data/v1/${code}/rows`,
  openApi: (code: string) => `${base}/data/v1/${code}/openapi.json`,
})

export type Addresses = ReturnType<typeof addressesOf>
