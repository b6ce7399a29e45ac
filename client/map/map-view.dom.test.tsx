import { render, screen } from '@testing-library/react';
import { afterEach, expect, it, vi } from 'vitest';
import type { MapLabels } from './map-view-props.ts';
import { MapView } from './map-view.tsx';

const labels: MapLabels = {
  map: '地图',
  zoomIn: '放大',
  zoomOut: '缩小',
  noGraphics: { title: '这台设备无法显示地图', text: '列表仍可使用' },
  noGround: { title: '底图没有加载', text: '' },
  noBasemap: { title: '这座城市还没有底图', text: '以网格为准' },
};

afterEach(() => vi.restoreAllMocks());

it('says in words that the map cannot be drawn where there is no graphics', () => {
  // This browser has none, which MapLibre reports and we log.
  vi.spyOn(console, 'error').mockImplementation(() => undefined);
  vi.stubGlobal('matchMedia', () => ({
    matches: false,
    addEventListener() {},
    removeEventListener() {},
  }));
  render(
    <MapView
      basemap={{ kind: 'none' }}
      theme="night"
      language="zh"
      bounds={[125, 44, 126, 45]}
      labels={labels}
    >
      <p>never shown</p>
    </MapView>,
  );
  expect(screen.getByRole('alert').textContent).toContain('这台设备无法显示地图');
  expect(screen.queryByText('never shown')).toBeNull();
});
