import type { ThemeConfig } from 'antd'

/** The colours of `design/look.md`, named once. Components take tokens or the CSS variables below, never colours. */
export const palette = {
  primary: '#17507A',
  primaryWash: '#EAF1F6',
  ink: '#1D2329',
  inkSecondary: '#57606A',
  paper: '#FAF9F6',
  card: '#FFFFFF',
  line: '#E4E1DA',
  jade: '#2E7D5B',
  jadeWash: '#EAF4EF',
  gamboge: '#9A6A00',
  gambogeWash: '#FFF6DF',
  cinnabar: '#B0372B',
  cinnabarWash: '#FBEDEA',
} as const

/** System fonts only: nothing is downloaded, and each system shows its best Chinese face. */
export const fontStack =
  "'PingFang SC', 'HarmonyOS Sans SC', 'Source Han Sans SC', 'Noto Sans CJK SC', 'Microsoft YaHei', sans-serif"
const serifStack = "'Source Han Serif SC', 'Noto Serif CJK SC', 'Songti SC', SimSun, serif"
const monoStack = "ui-monospace, 'SF Mono', Consolas, 'Noto Sans Mono CJK SC', monospace"

/** Order in which series take colours; neighbours stay apart for colour-blind readers. */
export const seriesColours = [palette.primary, '#C58A1B', palette.jade, '#7A4E8A', palette.cinnabar, '#5B7F95', '#8A7B5C'] as const

/** Ant Design theme for one base font size: 14 in the console, 16 in the portal, 20 in elder mode (px). */
export const themeFor = (fontSize: number): ThemeConfig => ({
  token: {
    colorPrimary: palette.primary,
    colorInfo: palette.primary,
    colorLink: palette.primary,
    colorSuccess: palette.jade,
    colorWarning: palette.gamboge,
    colorError: palette.cinnabar,
    // Ant Design derives washes that turn grey from colours this dark; these are ours.
    colorPrimaryBg: palette.primaryWash,
    colorInfoBg: palette.primaryWash,
    colorInfoBorder: '#CBDCE8',
    colorSuccessBg: palette.jadeWash,
    colorSuccessBorder: '#CFE4D9',
    colorWarningBg: palette.gambogeWash,
    colorWarningBorder: '#F0DFB3',
    colorErrorBg: palette.cinnabarWash,
    colorErrorBorder: '#F0CFC9',
    controlItemBgActive: palette.primaryWash,
    colorText: palette.ink,
    colorTextSecondary: palette.inkSecondary,
    colorTextTertiary: palette.inkSecondary,
    colorTextDescription: palette.inkSecondary,
    colorTextPlaceholder: '#6B737C',
    colorBgLayout: palette.paper,
    colorBorder: '#D3CFC6',
    colorBorderSecondary: palette.line,
    colorSplit: palette.line,
    fontFamily: fontStack,
    fontFamilyCode: monoStack,
    fontSize,
    lineHeight: 1.6,
    borderRadius: 4,
    borderRadiusLG: 4,
    borderRadiusSM: 3,
    boxShadow: '0 4px 16px rgba(29, 35, 41, 0.10)',
    boxShadowSecondary: '0 4px 16px rgba(29, 35, 41, 0.10)',
    motionDurationFast: '0.12s',
    motionDurationMid: '0.15s',
    motionDurationSlow: '0.18s',
  },
  components: {
    Table: { headerBg: '#F5F3EE', headerColor: palette.inkSecondary, rowHoverBg: '#FBFAF7', rowSelectedBg: '#F2F6F9', rowSelectedHoverBg: palette.primaryWash, bodySortBg: '#FDFCFA', headerSortActiveBg: '#EFECE5', headerSortHoverBg: '#EFECE5', headerSplitColor: 'transparent', cellPaddingBlock: 11 },
    Layout: { siderBg: palette.card, headerBg: palette.card, bodyBg: palette.paper, headerHeight: 56 },
    Menu: { itemSelectedBg: palette.primaryWash, itemHeight: 38, activeBarBorderWidth: 0 },
    Button: { primaryShadow: 'none', defaultShadow: 'none', dangerShadow: 'none' },
    Tabs: { horizontalItemPadding: '10px 0', titleFontSize: fontSize },
    Card: { headerFontSize: fontSize + 1 },
    Rate: { starColor: '#C58A1B' },
  },
})

const kebab = (name: string): string => name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)

/** Gives custom CSS the same tokens as `--dt-…`. */
export function applyCssVariables(root: HTMLElement): void {
  for (const [name, value] of Object.entries(palette)) root.style.setProperty(`--dt-${kebab(name)}`, value)
  root.style.setProperty('--dt-font', fontStack)
  root.style.setProperty('--dt-serif', serifStack)
  root.style.setProperty('--dt-mono', monoStack)
}
