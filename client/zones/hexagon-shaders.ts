/** How one cell is drawn: its six triangles, filled faintly, with an outline inside it that is wider the higher its step. */

/** The corners of a cell come with the cell; `gl_VertexID` says which of them a vertex is. */
export const vertexShader = `#version 300 es
uniform mat4 u_matrix;
layout(location = 0) in vec2 a_middle;
layout(location = 1) in vec4 a_corners01;
layout(location = 2) in vec4 a_corners23;
layout(location = 3) in vec4 a_corners45;
layout(location = 4) in float a_step;
out float v_inward;
flat out int v_step;
void main() {
  v_step = int(a_step + 0.5);
  vec2 corners[6] = vec2[6](
    a_corners01.xy, a_corners01.zw, a_corners23.xy, a_corners23.zw, a_corners45.xy, a_corners45.zw
  );
  int side = gl_VertexID / 3;
  int point = gl_VertexID % 3;
  vec2 place = point == 0 ? a_middle : corners[(side + point - 1) % 6];
  v_inward = point == 0 ? 1.0 : 0.0;
  gl_Position = v_step == 0 ? vec4(2.0, 2.0, 2.0, 1.0) : u_matrix * vec4(place, 0.0, 1.0);
}`;

/** Colours leave premultiplied, as the map blends them. */
export const fragmentShader = `#version 300 es
precision highp float;
uniform vec3 u_colours[5];
uniform float u_fill[5];
uniform float u_outline[5];
uniform float u_edge;
in float v_inward;
flat in int v_step;
out vec4 o_colour;
void main() {
  float pixels = v_inward / max(length(vec2(dFdx(v_inward), dFdy(v_inward))), 1e-6);
  float line = 1.0 - smoothstep(u_outline[v_step] - 0.5, u_outline[v_step] + 0.5, pixels);
  float alpha = mix(u_fill[v_step], u_edge, line) * smoothstep(0.0, 0.75, pixels);
  o_colour = vec4(u_colours[v_step] * alpha, alpha);
}`;
