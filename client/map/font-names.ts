/** What the labels' style calls its faces, wherever they come from. */
export const LABEL_FONT = 'Noto Sans SC Regular';
export const STRONG_LABEL_FONT = 'Noto Sans SC Bold';
