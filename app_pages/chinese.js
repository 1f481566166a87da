// Words that Streamlit writes in English and has no parameter for, put into Chinese as they
// appear. Only whole texts of the framework's own widgets are touched, never what a page shows.
(() => {
  if (window.duibiaoWords) return;
  window.duibiaoWords = true;
  document.documentElement.lang = "zh-CN";

  const WORDS = {
    // uploads
    "Upload": "选择文件",
    "file upload": "选择文件",
    "Browse files": "选择文件",
    "Add files": "再加文件",
    "Drag and drop a file here": "也可以把文件拖到这里",
    "Drag and drop files here": "也可以把文件拖到这里",
    "Error uploading file": "上传失败",
    "Error deleting file": "移除失败",
    // choices
    "Choose an option": "请选择",
    "Choose options": "请选择",
    "Choose or add an option": "请选择或填写",
    "Choose or add options": "请选择或填写",
    "No options to select": "没有可选的",
    "No options": "没有可选的",
    "No results": "没有找到",
    "Select all": "全选",
    "Select...": "请选择",
    "Select…": "请选择",
    "Selected values": "已选的",
    "Multiselect options": "可选的",
    "Selectbox options": "可选的",
    "Clear value": "清除",
    "Clear entry": "清除",
    "Clear all": "全部清除",
    "Clear selection": "取消选择",
    "Open": "展开",
    "Close": "关闭",
    "Decrement": "减少",
    "Increment": "增加",
    "Invalid input.": "填写有误。",
    "Number is above the allowed range.": "数字太大了。",
    "Number is below the allowed range.": "数字太小了。",
    // tables
    "Fullscreen": "全屏",
    "Close fullscreen": "退出全屏",
    "Search": "在表中查找",
    "Type to search": "输入要找的字",
    "Close Search": "关闭查找",
    "Next Result": "下一处",
    "Previous Result": "上一处",
    "Show/hide columns": "显示或隐藏列",
    "Download as CSV": "下载为 CSV",
    "Download as PNG": "下载为图片",
    "Copy Vega-Lite spec": "复制图表代码",
    "Show data": "看数据",
    "Show chart": "看图",
    "Copy to clipboard": "复制",
    "Copied": "已复制",
    "Copied!": "已复制",
    "Copy column name": "复制列名",
    "Add row": "加一行",
    "Delete row(s)": "删除所选行",
    "Sort ascending": "升序",
    "Sort descending": "降序",
    "Autosize": "自动列宽",
    "Pin column": "固定此列",
    "Unpin column": "取消固定",
    "Hide column": "隐藏此列",
    "Format": "格式",
    "Statistics": "统计",
    "Count": "个数",
    "Values": "有值",
    "Empty": "空的",
    "Distinct": "不同的",
    "Average": "平均",
    "Median": "中位数",
    "Minimum": "最小",
    "Maximum": "最大",
    "Sum": "合计",
    "Range": "范围",
    "Standard deviation": "标准差",
    "Average length": "平均字数",
    "Minimum length": "最少字数",
    "Maximum length": "最多字数",
    "Based on sample": "按部分数据算",
    "Automatic": "自动",
    "Localized": "千分位",
    "Plain": "原样",
    "Compact": "简写",
    "Percent": "百分比",
    "Dollar": "美元",
    "Euro": "欧元",
    "Yen": "日元",
    "Scientific": "科学记数",
    "Accounting": "会计",
    "Duration": "时长",
    "Distance": "距今",
    "Calendar": "日历",
    "No data": "没有数据",
    "empty": "空",
    "Dataframe column menu": "列菜单",
    "The value is not part of the allowed options.": "不是可选的内容。",
    "The value cannot be interpreted as a number.": "这里要填数字。",
    // pages and the program itself
    "Pagination": "翻页",
    "Previous page": "上一页",
    "Next page": "下一页",
    "App pages": "页面",
    "Sidebar": "侧栏",
    "Expand sidebar": "展开侧栏",
    "Collapse sidebar": "收起侧栏",
    "Navigate to home page": "回到首页",
    "Skip to main content": "跳到正文",
    "Notifications": "提示",
    "Help": "说明",
    "Main menu": "菜单",
    "Toolbar action": "工具",
    "Scroll tabs left": "向左翻标签",
    "Scroll tabs right": "向右翻标签",
    "View less": "收起",
    "Rerun": "重新运行",
    "Always rerun": "总是重新运行",
    "Auto rerun": "自动重新运行",
    "Stop": "停止",
    "Running...": "正在处理…",
    "Print": "打印",
    "Settings": "设置",
    "About": "关于",
    "Theme": "外观",
    "Light": "浅色",
    "Dark": "深色",
    "System": "跟随系统",
    "Use system setting": "跟随系统",
    "Cancel": "取消",
    "Try again": "再试一次",
    "Download failed": "下载失败",
    "Failed to load data": "数据没有取到",
    "Page not found": "没有这个页面",
    "Connection error": "连不上程序",
    "Connection closed": "连接断开了",
    "Connection timed out.": "连接超时。",
    "Connecting to Streamlit server": "正在连接程序",
    "Unable to connect to Streamlit server": "连不上程序",
    "Reconnected to server.": "已重新连上。",
    "Network error": "连接出错",
    "Please wait...": "请稍候…",
    "Connecting": "正在连接",
    "Connection lost. Please wait for the app to reconnect, then try again.":
      "连接断开了，请等程序重新连上再试。",
    "Is Streamlit still running? If you accidentally stopped Streamlit, just restart it in your terminal:":
      "程序可能已关闭，请重新启动，或请系统管理员处理：",
    "Streamlit server is not responding. Are you connected to the internet?":
      "程序没有响应，请检查网络，或请系统管理员处理。",
  };
  const PATTERNS = [
    [/^The page that you have requested does not seem to exist.*$/, "这个地址没有页面，已打开首页。"],
    [/^Remove (.+)$/s, "移除 $1"],
    [/^Delete (.+)$/s, "移除 $1"],
    [/^Page (\d+)$/, "第 $1 页"],
    [/^View (\d+) more$/, "还有 $1 个"],
    [/^(\d+) more$/, "还有 $1 个"],
    [/^Select (\d+) matches$/, "选上找到的 $1 个"],
    [/^Show (\d+) more.*$/, "再显示 $1 个"],
    [/^([\d.]+ ?[KMG]?B) per file(.*)$/s, "每份不超过 $1$2"],
    [/^File must be ([\d.]+ ?[KMG]?B) or smaller\.$/, "文件不能超过 $1。"],
    [/^(.+) files are not allowed\.$/, "不能上传 $1 文件。"],
    [/^Showing page (\d+) of (\d+)$/, "第 $1 页，共 $2 页"],
    [/^Press (?:⌘\+|Ctrl\+)?Enter to .*$/, ""],
    [/^You can only select up to (\d+) options?\..*$/, "最多选 $1 个，请先去掉一个。"],
    [/^(\d+) of (\d+) results?$/, "第 $1 处，共 $2 处"],
    [/^([\d,]+)\+? results?$/, "找到 $1 处"],
  ];
  const ATTRIBUTES = ["aria-label", "title", "placeholder", "alt"];
  // What a page shows itself: texts of documents, and tables of them.
  const SHOWN = [
    "stMarkdown", "stTable", "stText", "stCode", "stAlert", "stCaptionContainer", "stHeading",
    "stMetric", "stHtml",
  ].map((name) => `[data-testid="${name}"]`).concat("canvas", "textarea", "script", "style").join();

  const chinese = (text) => {
    const word = text.trim();
    if (!/[A-Za-z]{3}/.test(word)) return null;
    if (Object.hasOwn(WORDS, word)) return WORDS[word];
    const [first, ...rest] = word.split(": "); // a button of a table or chart, then its name
    if (rest.length && Object.hasOwn(WORDS, first)) return `${WORDS[first]}：${rest.join(": ")}`;
    const found = PATTERNS.find(([pattern]) => pattern.test(word));
    return found ? word.replace(found[0], found[1]) : null;
  };
  const HELP = '[data-testid="stTooltipIcon"]'; // stands in texts too
  const isShown = (element) => element?.closest?.(SHOWN) && !element.closest(HELP);
  const mendText = (node) => {
    const word = isShown(node.parentElement) ? null : chinese(node.nodeValue);
    if (word !== null && word !== node.nodeValue) node.nodeValue = word;
  };
  const mendAttributes = (element) => {
    for (const name of ATTRIBUTES) {
      const text = element.getAttribute(name);
      const word = text && !isShown(element) ? chinese(text) : null;
      if (word !== null && word !== text) element.setAttribute(name, word);
    }
  };
  const mend = (root) => {
    if (root.nodeType === Node.TEXT_NODE) return mendText(root);
    if (root.nodeType !== Node.ELEMENT_NODE) return;
    if (isShown(root)) return root.querySelectorAll(`${HELP} button`).forEach(mendAttributes);
    mendAttributes(root);
    const walker = document.createTreeWalker(root, NodeFilter.SHOW_ELEMENT | NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      if (node.nodeType === Node.TEXT_NODE) mendText(node);
      else mendAttributes(node);
    }
  };
  mend(document.body);
  new MutationObserver((changes) => {
    for (const change of changes) {
      if (change.type === "attributes") mendAttributes(change.target);
      else if (change.type === "characterData") mendText(change.target);
      else change.addedNodes.forEach(mend);
    }
  }).observe(document.body, {
    subtree: true,
    childList: true,
    characterData: true,
    attributes: true,
    attributeFilter: ATTRIBUTES,
  });
})();
