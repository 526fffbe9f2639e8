import { describe, expect, it } from 'vitest';
import { frameCode, sitesOf } from './embed_code';

describe('sites', () => {
  it('are told a line each, or apart by commas', () => {
    expect(sitesOf(' https://a.example\nhttps://b.example, https://a.example，https://c.example\n')).toEqual([
      'https://a.example', 'https://b.example', 'https://c.example',
    ]);
    expect(sitesOf(' \n ')).toEqual([]);
  });
});

describe('the code of a frame', () => {
  it('names the show, whose title cannot leave its attribute', () => {
    const code = frameCode('https://live.example', '7', 'Pearls "&" <more>');
    expect(code).toContain('src="https://live.example/embed/7"');
    expect(code).toContain('title="Pearls &quot;&amp;&quot; &lt;more&gt;"');
  });
});
