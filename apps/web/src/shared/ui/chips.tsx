import {
  CheckCircleOutlined, CloseCircleOutlined, EyeOutlined, FormOutlined, GlobalOutlined, LockOutlined, MinusCircleOutlined,
  SafetyOutlined, SolutionOutlined, StopOutlined, TeamOutlined,
} from '@ant-design/icons'
import type { OPENING_TYPES, SHARING_TYPES } from '@datong/contracts'
import type { Grade } from '@datong/kernel'
import type { ReactNode } from 'react'
import { useT } from '../i18n/use-t.ts'
import './chips.css'

export type Tone = 'jade' | 'primary' | 'gamboge' | 'cinnabar' | 'plain'

/** A short word with an icon; the icon and the word say the same as the colour. */
export function Chip({ tone, icon, children }: { readonly tone: Tone; readonly icon?: ReactNode; readonly children: ReactNode }) {
  return (
    <span className={`dt-chip dt-chip-${tone}`}>
      {icon && <span aria-hidden>{icon}</span>}
      {children}
    </span>
  )
}

const GRADE_LOOK: Record<Grade, { tone: Tone; icon: ReactNode }> = {
  public: { tone: 'jade', icon: <EyeOutlined /> },
  internal: { tone: 'primary', icon: <TeamOutlined /> },
  secret: { tone: 'gamboge', icon: <SafetyOutlined /> },
  'top-secret': { tone: 'cinnabar', icon: <LockOutlined /> },
}

/** Grade of a field or entry: 公开 内部 秘密 机密. */
export function GradeChip({ grade }: { readonly grade: Grade }) {
  const { t } = useT()
  const look = GRADE_LOOK[grade]
  return <Chip tone={look.tone} icon={look.icon}>{t(`common.grade.${grade}`)}</Chip>
}

type SharingType = (typeof SHARING_TYPES)[number]
type OpeningType = (typeof OPENING_TYPES)[number]

const SHARING_LOOK: Record<SharingType, { tone: Tone; icon: ReactNode }> = {
  unconditional: { tone: 'jade', icon: <CheckCircleOutlined /> },
  conditional: { tone: 'gamboge', icon: <SolutionOutlined /> },
  'not-shared': { tone: 'plain', icon: <StopOutlined /> },
}

const OPENING_LOOK: Record<OpeningType, { tone: Tone; icon: ReactNode }> = {
  open: { tone: 'jade', icon: <GlobalOutlined /> },
  'on-application': { tone: 'gamboge', icon: <FormOutlined /> },
  closed: { tone: 'plain', icon: <CloseCircleOutlined /> },
}

/** Sharing toward other departments; null while nobody has chosen. */
export function SharingChip({ type }: { readonly type: SharingType | null }) {
  const { t } = useT()
  if (!type) return <Chip tone="plain" icon={<MinusCircleOutlined />}>{t('common.sharingUnset')}</Chip>
  return <Chip tone={SHARING_LOOK[type].tone} icon={SHARING_LOOK[type].icon}>{t(`common.sharing.${type}`)}</Chip>
}

/** Opening toward the public; null while nobody has chosen. */
export function OpeningChip({ type }: { readonly type: OpeningType | null }) {
  const { t } = useT()
  if (!type) return <Chip tone="plain" icon={<MinusCircleOutlined />}>{t('common.openingUnset')}</Chip>
  return <Chip tone={OPENING_LOOK[type].tone} icon={OPENING_LOOK[type].icon}>{t(`common.opening.${type}`)}</Chip>
}
