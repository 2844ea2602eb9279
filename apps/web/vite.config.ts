import react from '@vitejs/plugin-react'
import { defineConfig } from 'vite'

/** The server answers these; in development Vite hands them on, to another server where `DATONG_URL` says so. */
const target = process.env['DATONG_URL'] ?? 'http://127.0.0.1:8080'
const backend = Object.fromEntries(
  ['/api', '/data', '/log', '/docs', '/healthz'].map((path) => [path, { target }]),
)

/**
 * Libraries that change seldom get chunks of their own, so that a new release of ours leaves them in the cache. What only
 * one page uses stays with that page; what several share is not cut into dozens of crumbs.
 */
const library = (names: string): RegExp => new RegExp(`node_modules[\\\\/](${names})[\\\\/]`)
const groups = [
  { name: 'react', test: library('react|react-dom|scheduler|react-router'), priority: 4 },
  { name: 'charts', test: library('echarts|zrender'), priority: 4 },
  { name: 'words', test: library('i18next|react-i18next|dayjs'), priority: 4 },
  { name: 'kit', test: library('antd|@rc-component|@ant-design'), priority: 3, minShareCount: 6 },
  { name: 'shared', test: /src[\\/]shared[\\/](api|i18n|ui)[\\/]/, priority: 2, minShareCount: 4 },
]

export default defineConfig({
  plugins: [react()],
  server: { port: 5173, proxy: backend },
  preview: { proxy: backend },
  build: {
    target: 'es2022',
    reportCompressedSize: false,
    chunkSizeWarningLimit: 1200,
    rolldownOptions: { output: { codeSplitting: { groups } } },
  },
})
