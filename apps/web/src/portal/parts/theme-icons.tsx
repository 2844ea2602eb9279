import {
  AppstoreOutlined, BankOutlined, BulbOutlined, CarOutlined, CloudOutlined, ExperimentOutlined, HeartOutlined, HomeOutlined, IdcardOutlined,
  MedicineBoxOutlined, PictureOutlined, ReadOutlined, SafetyOutlined, ShopOutlined, SolutionOutlined, SunOutlined,
} from '@ant-design/icons'
import type { THEMES } from '@datong/contracts'
import type { ComponentType } from 'react'

/** One line drawing a theme; always beside its word. */
export const THEME_ICONS: Record<(typeof THEMES)[number], ComponentType> = {
  market: ShopOutlined,
  employment: IdcardOutlined,
  housing: HomeOutlined,
  health: MedicineBoxOutlined,
  education: ReadOutlined,
  transport: CarOutlined,
  environment: CloudOutlined,
  finance: BankOutlined,
  'civil-affairs': HeartOutlined,
  'public-security': SafetyOutlined,
  agriculture: SunOutlined,
  culture: PictureOutlined,
  energy: BulbOutlined,
  law: SolutionOutlined,
  science: ExperimentOutlined,
  other: AppstoreOutlined,
}
