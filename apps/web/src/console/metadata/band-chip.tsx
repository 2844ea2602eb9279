import type { MetadataScore } from '@datong/contracts'
import { useT } from '../../shared/i18n/use-t.ts'
import { Chip, type Tone } from '../../shared/ui/chips.tsx'

const TONES: Readonly<Record<MetadataScore['band'], Tone>> = { excellent: 'jade', good: 'primary', sufficient: 'gamboge', bad: 'cinnabar' }

/** How good a description is, in a word. */
export function BandChip({ band }: { readonly band: MetadataScore['band'] }) {
  const { t } = useT()
  return <Chip tone={TONES[band]}>{t(`metadata.band.${band}`)}</Chip>
}
