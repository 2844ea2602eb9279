/** Kinds of files that are taken as objects, by their content. */
export const OBJECT_KINDS = ['pdf', 'docx', 'xlsx', 'pptx', 'odf', 'png', 'jpeg', 'gif', 'webp', 'tiff', 'text'] as const
export type ObjectKind = (typeof OBJECT_KINDS)[number]

/** What a file tells of itself. */
export interface ExtractedText {
  readonly kind: ObjectKind
  readonly text: string
  /** Pages or slides, where there are some. */
  readonly pages: number | null
  /** Title, author, size in pixels and so on, as texts. */
  readonly properties: Readonly<Record<string, string>>
}

export const MEDIA_TYPES: Readonly<Record<ObjectKind, string>> = {
  pdf: 'application/pdf', docx: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document', xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  pptx: 'application/vnd.openxmlformats-officedocument.presentationml.presentation', odf: 'application/vnd.oasis.opendocument', png: 'image/png', jpeg: 'image/jpeg', gif: 'image/gif',
  webp: 'image/webp', tiff: 'image/tiff', text: 'text/plain; charset=utf-8',
}
