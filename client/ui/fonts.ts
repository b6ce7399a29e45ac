/** Noto Sans SC in the three weights the screens use; the browser loads only the slices a text needs. */
import '@fontsource/noto-sans-sc/400.css';
import '@fontsource/noto-sans-sc/500.css';
import '@fontsource/noto-sans-sc/700.css';
