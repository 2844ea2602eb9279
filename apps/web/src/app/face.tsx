import { App, ConfigProvider } from 'antd'
import enUS from 'antd/locale/en_US'
import zhCN from 'antd/locale/zh_CN'
import { useMemo, type ReactNode } from 'react'
import { useT } from '../shared/i18n/use-t.ts'
import { themeFor } from '../shared/theme.ts'

/** One of the two faces: console (14 px) or portal (16 px), in the language of the interface. */
export function Face({ fontSize, children }: { readonly fontSize: number; readonly children: ReactNode }) {
  const { language } = useT()
  const theme = useMemo(() => themeFor(fontSize), [fontSize])
  return (
    <ConfigProvider theme={theme} locale={language === 'en' ? enUS : zhCN} button={{ autoInsertSpace: false }}>
      <App message={{ maxCount: 2 }} style={{ fontSize }}>{children}</App>
    </ConfigProvider>
  )
}
