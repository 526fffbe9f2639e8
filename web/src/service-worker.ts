/// <reference types="@sveltejs/kit" />
/// <reference no-default-lib="true" />
/// <reference lib="esnext" />
/// <reference lib="webworker" />
// What the browser keeps running for the site. Each part has a file of its own.
import { keepShell } from './sw/shell';

keepShell(self as unknown as ServiceWorkerGlobalScope);
