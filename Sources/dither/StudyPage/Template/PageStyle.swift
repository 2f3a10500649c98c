import DitherCharts
import Foundation

/// How the page looks: on light and on dark ground, on a phone, on paper.
enum PageStyle {
  static let text = page + tints + "\n" + FigurePage.stylesheet

  /// Grounds of cells by how much better or worse a number is, or by how great a share: from 1 to 10.
  private static let tints = (1...10).map { step in
    let opacity = String(format: "%.3g", 0.055 * Double(step))
    return """
      .better-\(step){background:rgb(var(--better)/\(opacity))}
      .worse-\(step){background:rgb(var(--worse)/\(opacity))}

      """
  }.joined()

  private static let page = #"""
    :root{color-scheme:light dark;--ground:#fff;--raised:#f6f8fa;--ink:#1f2328;--quiet:#59636e;--line:#d1d9e0;--link:#0550ae;--better:0 90 180;--worse:208 69 11;--strong:#b53a08}
    @media (prefers-color-scheme:dark){:root{--ground:#0d1117;--raised:#161b22;--ink:#e6edf3;--quiet:#9198a1;--line:#30363d;--link:#79b8ff;--better:75 150 245;--worse:255 122 61;--strong:#ff9a6b}}
    *{box-sizing:border-box}
    html{-webkit-text-size-adjust:100%;text-size-adjust:100%;scroll-padding-top:1rem}
    body{margin:0 auto;padding:1.5rem clamp(1rem,4vw,3rem) 4rem;max-width:80rem;background:var(--ground);color:var(--ink);font:1rem/1.55 system-ui,-apple-system,"Segoe UI",Helvetica,Arial,sans-serif;overflow-wrap:break-word}
    h1{font-size:clamp(1.5rem,1.1rem + 2vw,2.2rem);line-height:1.2;margin:.5rem 0 .25rem;letter-spacing:-.01em}
    h2{font-size:1.4rem;line-height:1.25;margin:0 0 .75rem}
    h3{font-size:1.05rem;margin:1.75rem 0 .5rem}
    p{margin:.6rem 0;max-width:46rem}
    a{color:var(--link)}
    .quiet,small,figcaption,caption{color:var(--quiet)}
    small{font-size:.82em;white-space:nowrap}
    code,pre{font:.875em/1.5 ui-monospace,SFMono-Regular,Menlo,Consolas,"DejaVu Sans Mono",monospace}
    pre{background:var(--raised);border:1px solid var(--line);border-radius:6px;padding:.6rem .8rem;margin:.6rem 0;overflow-x:auto}
    :focus-visible{outline:2px solid var(--link);outline-offset:2px}
    .skip{position:absolute;left:-100rem}
    .skip:focus{left:1rem;top:.25rem}
    nav ul{display:flex;flex-wrap:wrap;gap:.25rem 1.1rem;list-style:none;padding:.75rem 0;margin:1rem 0 0;border-block:1px solid var(--line);font-size:.9rem}
    section{margin-top:2.75rem}
    .lead{font-size:1.2rem;line-height:1.5;max-width:50rem}
    .warning{border-left:4px solid var(--strong);background:var(--raised);padding:.6rem .9rem;border-radius:0 6px 6px 0}
    .warning strong{color:var(--strong)}
    dl{margin:1rem 0}
    dd{margin:0}
    .cards{display:grid;grid-template-columns:repeat(auto-fit,minmax(min(100%,15rem),1fr));gap:.75rem}
    .cards>div{background:var(--raised);border:1px solid var(--line);border-radius:8px;padding:.7rem .9rem}
    .cards dt{font-size:.85rem;color:var(--quiet)}
    .cards dd span{display:block;font-size:1.55rem;font-weight:600;line-height:1.35;font-variant-numeric:tabular-nums}
    .cards small,.facts small{white-space:normal}
    .facts>div{display:grid;grid-template-columns:minmax(7rem,13rem) minmax(0,1fr);gap:.1rem 1rem;padding:.3rem 0;border-bottom:1px solid var(--line)}
    .facts dt{color:var(--quiet)}
    .figures{display:grid;grid-template-columns:repeat(auto-fill,minmax(min(100%,21rem),1fr));gap:1.25rem 2rem;margin:1rem 0;align-items:end}
    .figures:has(>:only-child){grid-template-columns:minmax(0,30rem)}
    figure{margin:0;break-inside:avoid}
    svg.chart{display:block;width:100%;height:auto;max-width:30rem}
    figcaption{font-size:.9rem;margin-bottom:.3rem;max-width:30rem}
    figcaption::first-line{color:var(--ink)}
    .tables{display:flex;flex-wrap:wrap;gap:1.25rem 2rem;margin:1rem 0;align-items:flex-end}
    .scroll{max-width:100%;overflow-x:auto;min-width:0}
    table{border-collapse:collapse;font-size:.9rem;font-variant-numeric:tabular-nums}
    caption{text-align:left;font-size:.9rem;padding-bottom:.35rem}
    caption span{position:sticky;left:0;display:inline-block;max-width:min(44rem,100vw - 2rem)}
    th,td{padding:.28rem .7rem .28rem 0;text-align:left;vertical-align:baseline;border-bottom:1px solid var(--line)}
    thead th{font-weight:600;vertical-align:bottom;border-bottom:2px solid var(--line)}
    th[scope=row]{font-weight:400}
    .number{text-align:right}
    td.number{white-space:nowrap}
    tr.recommended>*{font-weight:650}
    tr.recommended small{font-weight:400}
    th button{all:unset;cursor:pointer;display:inline-block}
    th button:focus-visible{outline:2px solid var(--link);outline-offset:2px}
    th button::after{content:"↕";color:var(--quiet);opacity:.55;margin-left:.25em;font-weight:400;font-size:.85em}
    th[aria-sort=ascending] button::after{content:"↑";opacity:1;color:var(--link)}
    th[aria-sort=descending] button::after{content:"↓";opacity:1;color:var(--link)}
    .grid th,.grid td{padding:.28rem .4rem}
    .grid td{border:1px solid var(--ground);text-align:right;min-width:2.4rem}
    .grid thead button::after{content:none}
    .grid thead th[aria-sort=ascending] button::after{content:"↑"}
    .grid thead th[aria-sort=descending] button::after{content:"↓"}
    .examples td{min-width:8.2rem;vertical-align:top}
    .examples th[scope=row]{vertical-align:top;white-space:nowrap}
    .examples img{display:block;width:6rem;height:auto;image-rendering:pixelated;border:1px solid var(--line)}
    .examples svg{width:7.2rem}
    .examples p{margin:.15rem 0;font-size:.8rem;line-height:1.35}
    .examples p::before{font-weight:700;margin-right:.25em}
    .right::before{content:"✓";color:var(--link)}
    .wrong::before{content:"✗";color:var(--strong)}
    details{margin:.75rem 0}
    summary{cursor:pointer;color:var(--link);padding:.2rem 0;width:fit-content}
    @media (max-width:40rem){.facts>div{grid-template-columns:minmax(0,1fr)}th,td{padding-right:.6rem}td small{display:block}th[scope=row]{position:sticky;left:0;z-index:1;background:var(--ground);max-width:9.5rem}.plain th[scope=row]:not(.number){min-width:8.5rem}.examples th[scope=row]{white-space:normal;max-width:5rem}}
    @media print{html{font-size:9pt}body{max-width:none;padding:0}nav,.skip,summary{display:none}section{margin-top:1.5rem}h2,h3{break-after:avoid}tr,.cards>div{break-inside:avoid}.scroll{overflow:visible}th button::after{content:none!important}details:not([open]){display:none}*{print-color-adjust:exact;-webkit-print-color-adjust:exact}.figures{grid-template-columns:repeat(2,minmax(0,1fr))}}

    """#
}
